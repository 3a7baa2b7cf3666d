import { Collaboration } from "@tiptap/extension-collaboration";
import { EditorContent, ReactNodeViewRenderer, useEditor } from "@tiptap/react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import * as Y from "yjs";
import type { Photos } from "../../../shared/journal/openPage.ts";
import type { PageBody } from "../../../shared/page/card.ts";
import { hasField } from "../hasField.ts";
import { PhotoInPage } from "../photos/PhotoInPage.tsx";
import { PhotosContext } from "../photos/photosOfPage.ts";
import { TakingLine } from "../photos/TakingLine.tsx";
import { usePhotoTaking } from "../photos/usePhotoTaking.ts";
import { cursorTo, focusNow } from "./focusNow.ts";
import { EditorFoot } from "./EditorFoot.tsx";
import { LinkSheet } from "./LinkSheet.tsx";
import { WritingTools } from "./WritingTools.tsx";
import { WordsOfPage } from "./WordsOfPage.tsx";
import { PastedNote, usePasting } from "./usePasting.tsx";
import { opensWhole } from "./opensWhole.ts";
import { type Pen, penOf } from "./pen.ts";
import { writingSchema } from "./schema.ts";
import { useAlone } from "./useAlone.ts";
import { keptFromTheBrowser } from "../keptFromTheBrowser.ts";

export type PageEditorProps = {
  readonly body: PageBody;
  readonly label: string;
  /** Of a page that takes photos. */
  readonly photos?: Photos;
  readonly autoFocus?: boolean;
  readonly onReady?: (pen: Pen) => void;
};

/**
 * The editor over a page's Y.XmlFragment. Words go straight into the page; sealing and saving happen below it.
 * A page with nodes that this version does not know is shown for reading instead of being cut to fit.
 */
export const PageEditor = (props: PageEditorProps) => {
  const { body, photos } = props;
  const { t } = useTranslation("journal");
  const photo = t("editor.photo");
  const schema = useMemo(() => writingSchema({ photo, photoView }), [photo]);
  const whole = useMemo(() => opensWhole(fragmentOf(body), schema), [body, schema]);
  const [unknown, setUnknown] = useState<PageBody>();
  if (!whole || unknown === body)
    return <ReadOnly body={body} photos={photos} says={t("editor.newerContent")} />;
  return (
    <PhotosContext value={photos}>
      <Writing {...props} schema={schema} onUnknown={setUnknown} />
    </PhotosContext>
  );
};

const photoView = ReactNodeViewRenderer(PhotoInPage);

type WritingProps = PageEditorProps & {
  readonly schema: ReturnType<typeof writingSchema>;
  readonly onUnknown: (body: PageBody) => void;
};

const Writing = (props: WritingProps) => {
  const { body, label, autoFocus = false, onReady, schema, onUnknown } = props;
  const [linking, setLinking] = useState(false);
  const [alone, setAlone] = useAlone();
  const taking = usePhotoTaking(props.photos);
  const pasting = usePasting(taking);
  // The body's own undo goes with the extensions: another page, another past.
  const extensions = useMemo(
    () => [...schema, Collaboration.configure({ fragment: fragmentOf(body) })],
    [body, schema],
  );
  const editor = useEditor(
    {
      extensions,
      // Its style element would break the content security policy; ui/writing.css has the same rules.
      injectCSS: false,
      enableContentCheck: true,
      shouldRerenderOnTransaction: false,
      onContentError: () => onUnknown(body),
      // It comes late, and somebody may be typing the title by then.
      onCreate: ({ editor: made }) => void (autoFocus && !hasField() && cursorTo(made, "end")),
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
        scrollMargin: besides,
        scrollThreshold: besides,
        handleDOMEvents: { click: stayHere, auxclick: stayHere },
        handleKeyDown: (_, event) => {
          if (!isLinkKey(event)) return false;
          setLinking(true);
          return true;
        },
      },
    },
    [extensions],
  );
  // The editor that is on the screen: React may have made another one on the way and dropped it.
  useEffect(() => onReady?.(penOf(editor)), [editor, onReady]);
  const turn = (to: boolean) => {
    setAlone(to);
    focusNow(editor);
  };
  return (
    <div className="editor">
      <WritingTools
        editor={editor}
        onLink={() => setLinking(true)}
        onAlone={() => turn(true)}
        onPhotos={taking && ((files) => taking.take(editor.view, files))}
      />
      <EditorContent editor={editor} />
      <PastedNote {...pasting} />
      {taking === undefined ? null : <TakingLine taking={taking} />}
      <EditorFoot body={body} alone={alone} onTogether={() => turn(false)} />
      <LinkSheet editor={editor} open={linking} onClose={() => setLinking(false)} />
    </div>
  );
};

/** Step out above and the saved line below stay in sight; the line of the cursor is never behind them. Pixels. */
const besides = { top: 96, bottom: 96, left: 0, right: 0 };

type ReadOnlyProps = {
  readonly body: PageBody;
  readonly photos: Photos | undefined;
  readonly says: string;
};

const ReadOnly = ({ body, photos, says }: ReadOnlyProps) => (
  <>
    <p className="note" role="status">
      {says}
    </p>
    <WordsOfPage body={body} photos={photos} />
  </>
);

const isLinkKey = ({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyboardEvent): boolean =>
  (ctrlKey || metaKey) && shiftKey && !altKey && key.toLowerCase() === "k";

/** Links are words here: no press on one opens anything. */
const stayHere = (_: unknown, event: Event): boolean => {
  if (event.target instanceof Element && event.target.closest("a") !== null) event.preventDefault();
  return false;
};

const fragmentOf = (body: PageBody): Y.XmlFragment => {
  if (!(body instanceof Y.XmlFragment)) throw new Error("not a page's body");
  return body;
};
