import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Pasted, readPasted } from "./pastedHtml.ts";

/** What a person is told after pasting or dropping something of which not all could be taken in. */
type Left = "pictures" | "onlyPictures" | "files";

type Pasting = {
  /** For the editor's own hooks of the same names. */
  readonly hooks: {
    readonly transformPastedHTML: (html: string) => string;
    readonly handlePaste: (view: unknown, event: ClipboardEvent) => boolean;
    readonly handleDrop: (view: unknown, event: DragEvent) => boolean;
  };
  readonly left: Left | undefined;
};

export const usePasting = (): Pasting => {
  const [left, setLeft] = useState<Left>();
  const [hooks] = useState(() => createHooks(setLeft));
  return { hooks, left };
};

/** Calm, and only where something stayed behind; it goes with the next paste. */
export const PastedNote = ({ left }: { readonly left: Left | undefined }) => {
  const { t } = useTranslation("closed");
  return (
    <p className="pasted-note" role="status">
      {left === undefined ? "" : t(`pasted.${left}`)}
    </p>
  );
};

const createHooks = (tell: (left: Left | undefined) => void): Pasting["hooks"] => {
  // The editor reads the HTML first and asks what to do with it right afterwards.
  let read: Pasted | undefined;
  /** @returns whether there is nothing left to take in */
  const judge = (data: DataTransfer | null): boolean => {
    const pasted = read;
    read = undefined;
    const left = leftBehind(pasted, data);
    tell(left);
    return left === "onlyPictures" || left === "files";
  };
  return {
    transformPastedHTML: (html) => {
      read = readPasted(html);
      return read.html;
    },
    handlePaste: (_, event) => judge(event.clipboardData),
    handleDrop: (_, event) => judge(event.dataTransfer) || hasFiles(event.dataTransfer),
  };
};

const hasFiles = (data: DataTransfer | null): boolean => (data?.files.length ?? 0) > 0;

/** Some programs put a picture of the words beside the words: it is not missed. */
const leftBehind = (pasted: Pasted | undefined, data: DataTransfer | null): Left | undefined => {
  if (pasted?.pictures === true) return pasted.words ? "pictures" : "onlyPictures";
  if (!hasFiles(data) || pasted?.words === true || data?.getData("text/plain") !== "")
    return undefined;
  return [...data.files].every(({ type }) => type.startsWith("image/")) ? "onlyPictures" : "files";
};
