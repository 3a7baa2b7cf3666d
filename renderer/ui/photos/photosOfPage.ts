import { createContext, useContext } from "react";
import type { Photos } from "../../../shared/journal/openPage.ts";

/** Of the page whose words are shown here; undefined where only the words about its photos are. */
export const PhotosContext = createContext<Photos | undefined>(undefined);

export const usePhotos = (): Photos | undefined => useContext(PhotosContext);
