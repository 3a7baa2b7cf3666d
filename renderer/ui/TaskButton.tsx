import { useRef } from "react";
import { Button, type ButtonProps } from "react-aria-components";
import { useFocusLeft } from "./useFocusLeft.ts";

type TaskButtonProps = Omit<ButtonProps, "className"> & {
  readonly className: string;
  readonly busy: boolean;
};

/**
 * A button whose work takes a while. It stays where it is and keeps the focus; what goes on is said in words
 * beside it, and pressing again changes nothing (useTask).
 */
export const TaskButton = ({ busy, className, ...button }: TaskButtonProps) => {
  const place = useRef<HTMLButtonElement>(null);
  useFocusLeft(place);
  return <Button {...button} ref={place} className={busy ? `${className} busy` : className} />;
};
