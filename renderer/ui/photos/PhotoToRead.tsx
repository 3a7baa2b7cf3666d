import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Photos } from "../../../shared/journal/openPage.ts";
import type { PhotoRef } from "../../../shared/page/photo.ts";
import { LargePhoto } from "./LargePhoto.tsx";
import { PhotoFrame } from "./PhotoFrame.tsx";
import { usePhotos } from "./photosOfPage.ts";
import { useNear } from "./useNear.ts";
import { usePicture } from "./usePicture.ts";

/** A photo among words that are read; a press opens it larger. */
export const PhotoToRead = ({ photo }: { readonly photo: PhotoRef }) => {
  const photos = usePhotos();
  return photos === undefined ? (
    <PhotoPlace words={photo.words} />
  ) : (
    <Seen photo={photo} photos={photos} />
  );
};

/** Where only the words about it are at hand. */
export const PhotoPlace = ({ words }: { readonly words: string }) => {
  const { t } = useTranslation("photos");
  return (
    <figure className="photo">
      <figcaption dir="auto">{words === "" ? t("photo") : words}</figcaption>
    </figure>
  );
};

const Seen = ({ photo, photos }: { readonly photo: PhotoRef; readonly photos: Photos }) => {
  const { t } = useTranslation("photos");
  const place = useRef<HTMLElement>(null);
  const [picture, onBroken] = usePicture(photos, photo, useNear(place));
  const [larger, setLarger] = useState(false);
  const { words } = photo;
  const frame = <PhotoFrame photo={photo} picture={picture} said="" onBroken={onBroken} />;
  const opens = picture.at === "shown" || picture.at === "waiting";
  return (
    <figure ref={place} className="photo-figure">
      {opens ? (
        <Button
          className="photo-open"
          aria-label={words === "" ? t("larger") : t("largerOf", { words })}
          onPress={() => setLarger(true)}
        >
          {frame}
        </Button>
      ) : (
        frame
      )}
      {words === "" ? null : (
        <figcaption dir="auto" aria-hidden={opens}>
          {words}
        </figcaption>
      )}
      <LargePhoto photo={photo} open={larger} onClose={() => setLarger(false)} />
    </figure>
  );
};
