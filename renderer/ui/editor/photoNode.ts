import { Node, type NodeViewRenderer } from "@tiptap/core";
import { movePhoto, chosenPhoto } from "../photos/movePhoto.ts";

/**
 * Where a photo stands among the words; its attributes are texts, as shared/page/photo.ts writes them.
 *
 * Danger: they hold the key of the picture. In the DOM and on the clipboard stands a number that means something only
 * to the editor that gave it, so a photo can be moved within its page and its key never leaves the app.
 */
export const photoNode = Node.create<PhotoOptions, Held>({
  name: "photo",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ says: "", view: undefined }),
  addStorage: () => ({ photos: [] }),
  addAttributes: () =>
    Object.fromEntries(
      names.map((name) => [name, { default: "", rendered: false, parseHTML: () => null }]),
    ),
  parseHTML() {
    return [
      {
        tag: "figure[data-photo]",
        getAttrs: (element) =>
          this.storage.photos[Number(element.getAttribute("data-photo"))] ?? false,
      },
    ];
  },
  renderHTML({ node }) {
    const words: unknown = node.attrs["words"];
    const said = typeof words === "string" && words !== "" ? words : this.options.says;
    return [
      "figure",
      { "data-photo": String(place(this.storage.photos, node.attrs)), class: "photo" },
      ["figcaption", { dir: "auto" }, said],
    ];
  },
  addNodeView() {
    return this.options.view ?? null;
  },
  addKeyboardShortcuts() {
    const move = (way: "up" | "down") => () =>
      movePhoto(this.editor.state, way, this.editor.view.dispatch);
    return {
      Enter: () => {
        const chosen = chosenPhoto(this.editor.state);
        const shown = chosen && this.editor.view.nodeDOM(chosen.from);
        const opens = shown instanceof Element ? shown.querySelector(".photo-larger") : null;
        if (!(opens instanceof HTMLElement)) return false;
        opens.click();
        return true;
      },
      "Mod-ArrowUp": move("up"),
      "Mod-ArrowDown": move("down"),
    };
  },
});

type PhotoOptions = {
  /** What stands for a photo that has no words about it. */
  readonly says: string;
  /** How it is shown while it is edited. */
  readonly view: NodeViewRenderer | undefined;
};

type Held = { readonly photos: Readonly<Record<string, unknown>>[] };

const names = ["key", "chunks", "size", "width", "height", "type", "words"];

const place = (photos: Held["photos"], attributes: Readonly<Record<string, unknown>>): number => {
  const known = photos.findIndex((photo) =>
    names.every((name) => photo[name] === attributes[name]),
  );
  return known === -1 ? photos.push(attributes) - 1 : known;
};
