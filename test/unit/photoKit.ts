import * as Y from "yjs";
import type { PageId } from "../../shared/base/ids.ts";
import type { Journal } from "../../shared/journal/journal.ts";
import type { OpenPage } from "../../shared/journal/openPage.ts";
import { photoAttributes, type NewPhoto, type PhotoRef } from "../../shared/page/photo.ts";
import { chunkNameOf } from "../../shared/page/photoSeal.ts";
import { must, typeWords } from "../support/twoPartners.ts";

/** Bytes that stand for a picture: nothing below the screens looks into them. */
export const picture = (size: number, seed = 1): NewPhoto => ({
  bytes: bytesOf(size, seed),
  width: 400,
  height: 300,
  type: "image/webp",
  words: "the lake",
});

/** xorshift: different at every place, and quick. */
const bytesOf = (size: number, seed: number): Uint8Array => {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761) | 1;
  for (let at = 0; at < size; at++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[at] = state;
  }
  return bytes;
};

/** Stands for the bytes of a picture where they are compared. */
export const markOf = (bytes: Uint8Array): string => chunkNameOf(bytes);

export const photoElement = (
  photo: PhotoRef,
  change: Readonly<Record<string, string>> = {},
): Y.XmlElement => {
  const element = new Y.XmlElement("photo");
  for (const [name, value] of Object.entries({ ...photoAttributes(photo), ...change }))
    element.setAttribute(name, value);
  return element;
};

const wordsIn = (page: Pick<OpenPage, "body">): Y.XmlFragment =>
  page.body as unknown as Y.XmlFragment;

/** As the editor does: first it is on the disk, then the page names it. */
export const placePhoto = async (page: OpenPage, photo: NewPhoto): Promise<PhotoRef> => {
  const ref = must(await page.photos.add(photo));
  wordsIn(page).push([photoElement(ref)]);
  return ref;
};

export const takePhotoOut = (page: OpenPage): void => {
  const words = wordsIn(page);
  const at = words
    .toArray()
    .findIndex((node) => node instanceof Y.XmlElement && node.nodeName === "photo");
  words.delete(at, 1);
};

export const draftWithPhotos = async (
  journal: Journal,
  text: string,
  photos: readonly NewPhoto[],
): Promise<{ readonly draft: PageId; readonly refs: readonly PhotoRef[] }> => {
  const draft = must(await journal.entries.draftEntry());
  const page = must(await journal.openPage(draft));
  if (text !== "") typeWords(page, text);
  const refs: PhotoRef[] = [];
  for (const photo of photos) refs.push(await placePhoto(page, photo));
  must(await page.flush());
  await page.close();
  return { draft, refs };
};

export const sharePhotos = async (
  journal: Journal,
  text: string,
  photos: readonly NewPhoto[],
): Promise<{ readonly page: PageId; readonly refs: readonly PhotoRef[] }> => {
  const { draft, refs } = await draftWithPhotos(journal, text, photos);
  return { page: must(await journal.share(draft)), refs };
};

/** What a reader sees of each photo: the mark of its bytes, or the code of why not. */
export const readAll = async (
  journal: Journal,
  page: PageId,
  refs: readonly PhotoRef[],
): Promise<readonly string[]> => {
  const opened = must(await journal.openPage(page));
  const seen: string[] = [];
  for (const ref of refs) {
    const read = await opened.photos.read(ref);
    seen.push(read.ok ? markOf(read.value) : read.code);
  }
  await opened.close();
  return seen;
};
