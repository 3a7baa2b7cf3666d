import type { PhotoRef } from "./photo.ts";

/**
 * A page's words as a plain tree: for reading, for files, for what comes from files. What is not known is read as its
 * text. The editor's schema (renderer/ui/editor/schema.ts) names the same nodes.
 */
export type Piece =
  | Block
  | Words
  | { readonly kind: "break" }
  | { readonly kind: "line" }
  | { readonly kind: "photo"; readonly photo: PhotoRef };

/** tasks: a checklist, made of `task`s. `start`: the first number, where it is not 1. */
export type Block =
  | {
      readonly kind: "paragraph" | "quote" | "bullets" | "tasks";
      readonly inside: readonly Piece[];
    }
  | { readonly kind: "item"; readonly inside: readonly Piece[] }
  | { readonly kind: "numbers"; readonly start?: number; readonly inside: readonly Piece[] }
  | { readonly kind: "task"; readonly done: boolean; readonly inside: readonly Piece[] }
  | { readonly kind: "heading"; readonly level: 2 | 3; readonly inside: readonly Piece[] };

export type Words = {
  readonly kind: "words";
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly address: string | undefined;
};
