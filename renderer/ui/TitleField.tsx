import { useState } from "react";
import { Input, TextField } from "react-aria-components";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { keptFromTheBrowser } from "./keptFromTheBrowser.ts";

type TitleFieldProps = {
  readonly page: OpenPage;
  readonly label: string;
  readonly placeholder: string;
};

/** The title as large as it will be read. What is typed is kept at each key. */
export const TitleField = ({ page, label, placeholder }: TitleFieldProps) => {
  const [title, setTitle] = useState(() => page.card.read().title);
  const change = (next: string) => {
    setTitle(next);
    page.setTitle(next);
  };
  return (
    <TextField
      className="title-field"
      aria-label={label}
      value={title}
      onChange={change}
      maxLength={200}
    >
      <Input
        placeholder={placeholder}
        dir="auto"
        autoComplete="off"
        {...keptFromTheBrowser.field}
      />
    </TextField>
  );
};
