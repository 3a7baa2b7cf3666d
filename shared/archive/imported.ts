import type { NewPhoto } from "../page/photo.ts";
import type { Piece } from "../page/pieces.ts";

/** One entry as it came from a file, before it is anyone's page. */
export type Imported = {
  /** Names it among all that may ever come: the same file gives the same. */
  readonly source: string;
  readonly title: string;
  /** ms; undefined where the file does not say. */
  readonly writtenAt: number | undefined;
  readonly tags: readonly string[];
  readonly feelings: readonly string[];
  /** In order; a picture of its own stands where it stood. */
  readonly parts: readonly ImportedPart[];
};

export type ImportedPart =
  | { readonly kind: "piece"; readonly piece: Piece }
  | { readonly kind: "picture"; readonly read: () => Promise<NewPhoto | undefined> };
