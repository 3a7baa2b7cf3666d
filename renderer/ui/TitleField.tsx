import { useState } from "react";
import { TextArea, TextField } from "react-aria-components";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { keptFromTheBrowser } from "./keptFromTheBrowser.ts";

type TitleFieldProps = {
  readonly page: OpenPage;
  readonly label: string;
  readonly placeholder: string;
};

/** The title as large as it will be read, and as long: it wraps, but is one line. What is typed is kept at each key. */
export const TitleField = ({ page, label, placeholder }: TitleFieldProps) => {
  const [title, setTitle] = useState(() => page.card.read().title);
  const change = (typed: string) => {
    const next = typed.replaceAll(/\s*[\r\n]+\s*/g, " ");
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
      <TextArea
        rows={1}
        placeholder={placeholder}
        dir="auto"
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.nativeEvent.isComposing) event.preventDefault();
        }}
        autoComplete="off"
        {...keptFromTheBrowser.field}
      />
    </TextField>
  );
};
