import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PhotoRef } from "../../../shared/page/photo.ts";
import { Sheet } from "../Sheet.tsx";
import { PhotoFrame } from "./PhotoFrame.tsx";
import { usePhotos } from "./photosOfPage.ts";
import { usePicture } from "./usePicture.ts";

type LargePhotoProps = {
  readonly photo: PhotoRef;
  readonly open: boolean;
  readonly onClose: () => void;
  /** For its writer: what is on it, in words. */
  readonly children?: ReactNode;
};

/** By itself, as large as the window allows. */
export const LargePhoto = ({ open, onClose, ...rest }: LargePhotoProps) => {
  const { t } = useTranslation("photos");
  return (
    <Sheet title={t("photo")} open={open} onClose={onClose}>
      <Large {...rest} onClose={onClose} />
    </Sheet>
  );
};

const Large = ({ photo, children, onClose }: Omit<LargePhotoProps, "open">) => {
  const { t } = useTranslation("photos");
  const [picture, onBroken] = usePicture(usePhotos(), photo, true);
  return (
    <>
      <div className="photo-large">
        <PhotoFrame
          photo={photo}
          picture={picture}
          said={photo.words === "" ? t("wordless") : photo.words}
          onBroken={onBroken}
          highest="max(12rem, 100dvh - 25rem)"
        />
      </div>
      {children ?? (photo.words === "" ? null : <p dir="auto">{photo.words}</p>)}
      <div className="row">
        {picture.at === "shown" ? (
          <Button
            className="btn"
            onPress={() => saveCopy(picture.address, nameOf(photo, t("photo")))}
          >
            {t("saveCopy")}
          </Button>
        ) : null}
        <Button className="btn quiet" onPress={onClose}>
          {t("close")}
        </Button>
      </div>
      <p className="help">{t("copyNote")}</p>
    </>
  );
};

/** It never had a name here: the one that it came with is not kept. */
const nameOf = ({ type }: PhotoRef, photo: string): string =>
  `${photo}.${{ "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp" }[type]}`;

const saveCopy = (address: string, name: string): void => {
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
};
