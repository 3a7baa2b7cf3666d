import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PhotoRef } from "../../../shared/page/photo.ts";
import type { Picture } from "./usePicture.ts";

type PhotoFrameProps = {
  readonly photo: PhotoRef;
  readonly picture: Picture;
  /** For who does not see it; empty where what is around the frame says it. */
  readonly said: string;
  readonly onBroken: () => void;
  /** A length; where it is left out, as high as a photo may stand among words. */
  readonly highest?: string;
};

/** The photo's room on the page: as large before it has come as afterwards, so that no words jump. */
export const PhotoFrame = (props: PhotoFrameProps) => {
  const { photo, picture, said, onBroken, highest = "34rem" } = props;
  const { t } = useTranslation("photos");
  const { width, height } = photo;
  const shape = {
    aspectRatio: `${width} / ${height}`,
    inlineSize: `min(100%, ${width}px, ${highest} * ${width / height})`,
  };
  return (
    <span className="photo-frame" data-at={picture.at} style={shape}>
      {picture.at === "shown" ? (
        <Shown address={picture.address} said={said} onBroken={onBroken} />
      ) : picture.at === "waiting" ? null : (
        <span className="photo-folded">{t(picture.at)}</span>
      )}
    </span>
  );
};

type ShownProps = {
  readonly address: string;
  readonly said: string;
  readonly onBroken: () => void;
};

const Shown = ({ address, said, onBroken }: ShownProps) => {
  const [loaded, setLoaded] = useState(false);
  return (
    <img
      src={address}
      alt={said}
      decoding="async"
      draggable={false}
      data-loaded={loaded}
      onLoad={() => setLoaded(true)}
      onError={onBroken}
    />
  );
};
