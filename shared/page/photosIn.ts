import * as Y from "yjs";
import {
  mostPhotosOnPage,
  readChunkNames,
  readPhoto,
  type ChunkName,
  type PhotoRef,
} from "./photo.ts";

/** Deeper than any editor nests; a hostile tree must not exhaust the stack. */
const depthLimit = 32;

/** The photos among a page's words, in reading order, at most `mostPhotosOnPage`. */
export const photosIn = (words: Y.XmlFragment): readonly PhotoRef[] => {
  const found: PhotoRef[] = [];
  const visit = (node: Y.XmlFragment, depth: number): void => {
    if (depth > depthLimit) return;
    for (const child of node.toArray()) {
      if (found.length >= mostPhotosOnPage) return;
      if (!(child instanceof Y.XmlElement)) continue;
      const photo = child.nodeName === "photo" ? readPhoto(child.getAttributes()) : undefined;
      if (photo === undefined) visit(child, depth + 1);
      else found.push(photo);
    }
  };
  visit(words, 0);
  return found;
};

export const chunksIn = (words: Y.XmlFragment): readonly ChunkName[] => [
  ...new Set(photosIn(words).flatMap(({ chunks }) => chunks)),
];

/** Far more than an evening's photos; what a page named longest ago is let go of first. */
const mostNamed = 16_384;

export type Named = {
  readonly take: (structs: readonly (Y.Item | Y.GC | Y.Skip)[]) => void;
  readonly names: () => readonly ChunkName[];
  readonly forget: () => void;
};

/**
 * Every name that was ever among a page's words: an earlier version may still show it. Read from the updates, since
 * looking through the whole page after each of them would take too long.
 */
export const createNamed = (known: readonly ChunkName[] = []): Named => {
  const named = new Set(known);
  return {
    take: (structs) => {
      for (const struct of structs) {
        if (!(struct instanceof Y.Item) || struct.parentSub !== "chunks") continue;
        const [value] = struct.content instanceof Y.ContentAny ? struct.content.arr : [];
        for (const name of readChunkNames(value)) named.add(name);
      }
    },
    names: () => [...named].slice(-mostNamed),
    forget: () => named.clear(),
  };
};
