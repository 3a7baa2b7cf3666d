import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLive } from "../useLive.ts";
import type { PhotoTaking } from "./takePhotos.ts";

/** Below the words: what is under way, and what stayed out and why. It goes with the next photo. */
export const TakingLine = ({ taking }: { readonly taking: PhotoTaking }) => {
  const { t } = useTranslation("photos");
  const { now, taken, left } = useLive(taking.state);
  return (
    <div className="photo-line">
      <div role="status">
        {now === undefined ? null : <p>{t("preparing", now)}</p>}
        {now === undefined && taken > 0 ? <p>{t("taken", { count: taken })}</p> : null}
        {[...left].map(([code, count]) => (
          <p key={code}>{t(`left.${code}`, { count })}</p>
        ))}
      </div>
      {now === undefined ? null : (
        <Button className="btn quiet" onPress={taking.cancel}>
          {t("stop")}
        </Button>
      )}
    </div>
  );
};
