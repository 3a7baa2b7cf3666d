import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { ownTexts } from "./ownTexts.ts";
import type { How } from "./usePairing.ts";
import { useScan } from "./useScan.ts";

type ScanSheetProps = {
  readonly how: How;
  readonly onFound: (link: string) => void;
  readonly onClose: () => void;
};

export const ScanSheet = ({ how, onFound, onClose }: ScanSheetProps) => {
  const { t } = useTranslation("scan");
  const { scan, video } = useScan(onFound);
  const sees = scan === "starting" || scan === "looking" || scan === "other";
  return (
    <div className="stack">
      <p>{t("text", ownTexts(how))}</p>
      {sees ? (
        <video ref={video} className="scan-picture" muted playsInline aria-hidden="true" />
      ) : null}
      <p role="status">{t(`state.${scan}`)}</p>
      <div className="row">
        <Button className="btn" onPress={onClose} autoFocus>
          {t("close")}
        </Button>
      </div>
    </div>
  );
};
