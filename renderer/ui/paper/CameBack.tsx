import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Card } from "../../../shared/page/card.ts";
import { Sheet } from "../Sheet.tsx";
import { usePartnerName } from "../usePartnerName.ts";

/** On a page of mine whose words came from the partner's computer; with what that means a press away. */
export const CameBack = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("closed");
  const names = usePartnerName();
  const [shown, setShown] = useState(false);
  if (!card.cameBack || card.author !== "me" || card.withdrawnAt !== undefined) return null;
  const close = () => setShown(false);
  return (
    <div className="quiet-state came-back">
      <Button className="inline-button" onPress={() => setShown(true)}>
        {t("cameBack.on", names)}
      </Button>
      <Sheet title={t("cameBack.title", names)} open={shown} onClose={close}>
        <p>{t("cameBack.text", names)}</p>
        <p>{t("cameBack.means")}</p>
        <div className="row">
          <Button className="btn" onPress={close}>
            {t("cameBack.close")}
          </Button>
        </div>
      </Sheet>
    </div>
  );
};
