import { useEffect, useState } from "react";
import { createQueue } from "../../../shared/base/queue.ts";
import type { Photos } from "../../../shared/journal/openPage.ts";
import { type PhotoRef, photoAttributes, readPhoto } from "../../../shared/page/photo.ts";
import { readPictureHeader } from "./pictureHeader.ts";

export type Picture =
  | { readonly at: "waiting" }
  | { readonly at: "shown"; readonly address: string }
  | { readonly at: "missing" | "damaged" | "unread" };

const waiting: Picture = { at: "waiting" };

/** One after the other: a page of many photos must not open them all at once. */
const inTurn = createQueue();

/**
 * Opens a photo while it is wanted, and lets go of it afterwards: its address is revoked, its memory goes back. What
 * has not come yet is looked for again when something arrives.
 */
export const usePicture = (
  photos: Photos | undefined,
  photo: PhotoRef,
  wanted: boolean,
): readonly [Picture, () => void] => {
  const [picture, setPicture] = useState<Picture>(waiting);
  const named = JSON.stringify(photoAttributes({ ...photo, words: "" }));
  useEffect(() => {
    const source = readPhoto(JSON.parse(named) as Readonly<Record<string, unknown>>);
    if (!wanted || photos === undefined || source === undefined) return undefined;
    let left = false;
    let address: string | undefined;
    let looking = false;
    let again = false;
    const look = async (): Promise<void> => {
      looking = true;
      do {
        again = false;
        const found = await inTurn(async () => (left ? undefined : open(photos, source)));
        if (found === undefined || left) return;
        if (found instanceof Blob) {
          address = URL.createObjectURL(found);
          setPicture({ at: "shown", address });
          return;
        }
        setPicture({ at: found });
      } while (again);
      looking = false;
    };
    const stop = photos.onArrival(() => {
      again = true;
      if (!looking && address === undefined) void look();
    });
    void look();
    return () => {
      left = true;
      stop();
      if (address !== undefined) URL.revokeObjectURL(address);
      setPicture(waiting);
    };
  }, [photos, named, wanted]);
  return [picture, () => setPicture({ at: "damaged" })];
};

/** As wide as no photo of ours is: what somebody else sent must not fill the memory either. */
const mostPixelsShown = 25_000_000;

const open = async (
  photos: Photos,
  photo: PhotoRef,
): Promise<Blob | "missing" | "damaged" | "unread"> => {
  const read = await photos.read(photo);
  if (!read.ok)
    return read.code === "PHOTO_MISSING"
      ? "missing"
      : read.code === "PHOTO_DAMAGED"
        ? "damaged"
        : "unread";
  const header = readPictureHeader(read.value);
  if (
    !header.ok ||
    header.value.type !== photo.type ||
    header.value.width !== photo.width ||
    header.value.height !== photo.height ||
    photo.width * photo.height > mostPixelsShown
  )
    return "damaged";
  return new Blob([new Uint8Array(read.value)], { type: photo.type });
};
