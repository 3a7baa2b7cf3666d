import { refuse } from "../../base/result.ts";
import type { PhotoBox } from "../../page/photoBox.ts";
import type { Photos } from "../openPage.ts";

/** Of a page that has none and takes none. */
export const noPhotos: Photos = {
  add: async () => refuse("NOT_YOURS"),
  read: async () => refuse("PHOTO_MISSING"),
  onArrival: () => () => {},
};

export type PhotosParts = {
  /** Of the shelf that the page is on. */
  readonly box: PhotoBox;
  /** Where else they may lie: a copy in which a shared page is changed names what that page named. */
  readonly elsewhere?: (() => PhotoBox | undefined) | undefined;
  /** May one be added now? Never, where it is left out. */
  readonly mayAdd?: () => boolean;
};

export const photosOf = ({ box, elsewhere, mayAdd = () => false }: PhotosParts): Photos => ({
  add: async (photo) => (mayAdd() ? box.add(photo) : refuse("NOT_YOURS")),
  read: (photo) => box.read(photo, elsewhere?.()),
  onArrival: (hear) => {
    const stops = [box.onArrival(hear), elsewhere?.()?.onArrival(hear)];
    return () => {
      for (const stop of stops) stop?.();
    };
  },
});
