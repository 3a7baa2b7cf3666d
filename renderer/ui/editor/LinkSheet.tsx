import type { Editor } from "@tiptap/core";
import { type FormEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Field } from "../Field.tsx";
import { Sheet } from "../Sheet.tsx";
import { addressFrom } from "./addressFrom.ts";

type LinkSheetProps = {
  readonly editor: Editor;
  readonly open: boolean;
  readonly onClose: () => void;
};

/** The address of the words that are selected, or of the link that the cursor is in. Nothing is ever opened. */
export const LinkSheet = ({ editor, open, onClose }: LinkSheetProps) => {
  const { t } = useTranslation("journal");
  return (
    <Sheet title={t("editor.linkSheet.title")} open={open} onClose={onClose}>
      <LinkForm editor={editor} onClose={onClose} />
    </Sheet>
  );
};

const LinkForm = ({ editor, onClose }: Omit<LinkSheetProps, "open">) => {
  const { t } = useTranslation("journal");
  const [linked] = useState(() => addressAt(editor));
  const [bare] = useState(() => linked === undefined && editor.state.selection.empty);
  const [address, setAddress] = useState(linked ?? "");
  const [words, setWords] = useState("");
  const [wrong, setWrong] = useState(false);
  useEffect(() => () => backToWords(editor), [editor]);
  const save = (event: FormEvent) => {
    event.preventDefault();
    const href = addressFrom(address);
    if (href === undefined) return setWrong(true);
    if (bare) insertLink(editor, words.trim() === "" ? address.trim() : words.trim(), href);
    else setLink(editor, href);
    onClose();
  };
  const remove = () => {
    const { to } = editor.state.selection;
    editor.chain().extendMarkRange("link").unsetMark("link").setTextSelection(to).run();
    onClose();
  };
  return (
    <form className="stack" onSubmit={save} noValidate>
      <Field
        autoFocus
        plain
        label={t("editor.linkSheet.address")}
        value={address}
        onChange={(typed) => {
          setAddress(typed);
          setWrong(false);
        }}
        help={t("editor.linkSheet.help")}
        wrong={wrong ? t("editor.linkSheet.wrong") : undefined}
      />
      {bare ? (
        <Field
          label={t("editor.linkSheet.words")}
          value={words}
          onChange={setWords}
          help={t("editor.linkSheet.wordsHelp")}
        />
      ) : null}
      <div className="row">
        <Button className="btn primary" type="submit">
          {t(linked === undefined ? "editor.linkSheet.add" : "editor.linkSheet.change")}
        </Button>
        {linked === undefined ? null : (
          <Button className="btn" onPress={remove}>
            {t("editor.linkSheet.remove")}
          </Button>
        )}
        <Button className="btn quiet" onPress={onClose}>
          {t("editor.linkSheet.leave")}
        </Button>
      </div>
    </form>
  );
};

const addressAt = (editor: Editor): string | undefined => {
  const { href } = editor.getAttributes("link") as { readonly href?: unknown };
  return typeof href === "string" ? href : undefined;
};

const insertLink = (editor: Editor, text: string, href: string): void => {
  editor.commands.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href } }] });
};

const setLink = (editor: Editor, href: string): void => {
  editor
    .chain()
    .extendMarkRange("link")
    .setMark("link", { href })
    .command(({ tr, commands }) => commands.setTextSelection(tr.selection.to))
    .run();
};

/** The button that opened the sheet would take the focus; somebody who has put in a link goes on writing. */
const backToWords = (editor: Editor): void => {
  requestAnimationFrame(() => {
    if (!editor.isDestroyed) editor.view.focus();
  });
};
