import { Collaboration } from "@tiptap/extension-collaboration";
import { EditorContent, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import * as Y from "yjs";
import type { PageBody } from "../../../shared/page/card.ts";
import { hasField } from "../hasField.ts";
import { WritingTools } from "./WritingTools.tsx";
import { WordsOfPage } from "./WordsOfPage.tsx";
import { PastedNote, usePasting } from "./usePasting.tsx";
import { type Pen, penOf } from "./pen.ts";
import { writingSchema } from "./schema.ts";
import { keptFromTheBrowser } from "../keptFromTheBrowser.ts";

export type PageEditorProps = {
  readonly body: PageBody;
  readonly label: string;
  readonly autoFocus?: boolean;
  readonly onReady?: (pen: Pen) => void;
};

/**
 * The editor over a page's Y.XmlFragment. Words go straight into the page; sealing and saving happen below it.
 * A page with nodes that this version does not know is shown for reading instead of being cut to fit.
 */
export const PageEditor = ({ body, label, autoFocus = false, onReady }: PageEditorProps) => {
  const { t } = useTranslation("journal");
  const [unknown, setUnknown] = useState(false);
  const pasting = usePasting();
  const extensions = useMemo(() => [...writingSchema, boundTo(body)], [body]);
  const editor = useEditor(
    {
      extensions,
      // Its style element would break the content security policy; ui/parts.css has the same rules.
      injectCSS: false,
      enableContentCheck: true,
      shouldRerenderOnTransaction: false,
      onContentError: () => setUnknown(true),
      // It comes late, and somebody may be typing the title by then.
      onCreate: ({ editor: made }) => void (autoFocus && !hasField() && made.commands.focus("end")),
      editorProps: {
        attributes: {
          class: "words writing",
          dir: "auto",
          role: "textbox",
          "aria-multiline": "true",
          "aria-label": label,
          ...keptFromTheBrowser.editor,
        },
        ...pasting.hooks,
        handleDOMEvents: { click: stayHere, auxclick: stayHere },
      },
    },
    [extensions],
  );
  // The editor that is on the screen: React may have made another one on the way and dropped it.
  useEffect(() => onReady?.(penOf(editor)), [editor, onReady]);
  if (unknown) return <ReadOnly body={body} says={t("editor.newerContent")} />;
  return (
    <div className="editor">
      <WritingTools editor={editor} />
      <EditorContent editor={editor} />
      <PastedNote left={pasting.left} />
    </div>
  );
};

const ReadOnly = ({ body, says }: { readonly body: PageBody; readonly says: string }) => (
  <>
    <p className="note" role="status">
      {says}
    </p>
    <WordsOfPage body={body} />
  </>
);

/** Links are words here: no press on one opens anything. */
const stayHere = (_: unknown, event: Event): boolean => {
  if (event.target instanceof Element && event.target.closest("a") !== null) event.preventDefault();
  return false;
};

const boundTo = (body: PageBody) => {
  if (!(body instanceof Y.XmlFragment)) throw new Error("not a page's body");
  return Collaboration.configure({ fragment: body });
};
