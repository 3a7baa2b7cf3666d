import type { EditorView } from "@tiptap/pm/view";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PhotoTaking } from "../photos/takePhotos.ts";
import { type Pasted, readPasted } from "./pastedHtml.ts";

/** What a person is told after pasting or dropping something of which not all could be taken in. */
type Left = "pictures" | "onlyPictures" | "files";

type Pasting = {
  /** For the editor's own hooks of the same names. */
  readonly hooks: {
    readonly transformPastedHTML: (html: string) => string;
    readonly handlePaste: (view: EditorView, event: ClipboardEvent) => boolean;
    readonly handleDrop: (view: EditorView, event: DragEvent) => boolean;
  };
  readonly left: Left | undefined;
  readonly takesPhotos: boolean;
};

/** `taking`: where photos may go; without it they stay out, and that is said. */
export const usePasting = (taking: PhotoTaking | undefined): Pasting => {
  const [left, setLeft] = useState<Left>();
  const hooks = useMemo(() => createHooks(setLeft, taking), [taking]);
  return { hooks, left, takesPhotos: taking !== undefined };
};

/** Calm, and only where something stayed behind; it goes with the next paste. */
export const PastedNote = ({ left, takesPhotos }: Omit<Pasting, "hooks">) => {
  const { t } = useTranslation(["closed", "photos"]);
  const said = takesPhotos ? ("photos:pasted" as const) : ("pasted" as const);
  return (
    <p className="pasted-note" role="status">
      {left === undefined ? "" : t(`${said}.${left}`)}
    </p>
  );
};

const createHooks = (
  tell: (left: Left | undefined) => void,
  taking: PhotoTaking | undefined,
): Pasting["hooks"] => {
  // The editor reads the HTML first and asks what to do with it right afterwards.
  let read: Pasted | undefined;
  /** @returns whether there is nothing left to take in */
  const judge = (view: EditorView, data: DataTransfer | null, at?: number): boolean => {
    const pasted = read;
    read = undefined;
    const left = leftBehind(pasted, data);
    const pictures = left === "onlyPictures" || left === "files" ? picturesIn(data) : [];
    if (taking !== undefined && pictures.length > 0) {
      tell(pictures.length === data?.files.length ? undefined : "files");
      taking.take(view, pictures, at);
      return true;
    }
    tell(left);
    return left === "onlyPictures" || left === "files";
  };
  return {
    transformPastedHTML: (html) => {
      read = readPasted(html);
      return read.html;
    },
    handlePaste: (view, event) => judge(view, event.clipboardData),
    handleDrop: (view, event) => {
      const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
      return judge(view, event.dataTransfer, at) || hasFiles(event.dataTransfer);
    },
  };
};

const hasFiles = (data: DataTransfer | null): boolean => (data?.files.length ?? 0) > 0;

/** Some systems do not know what kind of file a photo is: it is looked at then. */
const picturesIn = (data: DataTransfer | null): readonly File[] =>
  [...(data?.files ?? [])].filter(({ type }) => type === "" || type.startsWith("image/"));

/** Some programs put a picture of the words beside the words: it is not missed. */
const leftBehind = (pasted: Pasted | undefined, data: DataTransfer | null): Left | undefined => {
  if (pasted?.pictures === true) return pasted.words ? "pictures" : "onlyPictures";
  if (!hasFiles(data) || pasted?.words === true || data?.getData("text/plain") !== "")
    return undefined;
  return [...data.files].every(({ type }) => type.startsWith("image/")) ? "onlyPictures" : "files";
};
