import { useEffect, useMemo } from "react";
import type { Photos } from "../../../shared/journal/openPage.ts";
import { createPhotoPreparer } from "./photoInWorker.ts";
import { createPhotoTaking, type PhotoTaking } from "./takePhotos.ts";

/** Undefined where a page takes no photos. Leaving the page gives up what is not in it yet. */
export const usePhotoTaking = (photos: Photos | undefined): PhotoTaking | undefined => {
  const taking = useMemo(
    () => (photos === undefined ? undefined : createPhotoTaking(photos, createPhotoPreparer())),
    [photos],
  );
  useEffect(() => taking?.cancel, [taking]);
  return taking;
};
