import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Card } from "../../../shared/page/card.ts";
import { Sheet } from "../Sheet.tsx";
import { useDates } from "../useDates.ts";
import { Versions } from "./Versions.tsx";

type ChangedProps = {
  readonly card: Card;
  /** Instead of the words one below the other. */
  readonly versions?: ReactNode;
};

/** "changed Thursday": a way to the words as they stood. Nothing where nothing changed. */
export const Changed = ({ card, versions }: ChangedProps) => {
  const { t } = useTranslation("closed");
  const dates = useDates();
  const [shown, setShown] = useState(false);
  if (card.changedAt === undefined || card.withdrawnAt !== undefined) return null;
  const words = t("changed.on", { day: dates.day(card.changedAt) });
  if (!card.opened) return <span className="changed">{words}</span>;
  return (
    <span className="changed">
      <Button className="inline-button" onPress={() => setShown(true)}>
        {words}
      </Button>
      <Sheet title={t("changed.title")} open={shown} onClose={() => setShown(false)}>
        {versions ?? <Versions page={card.id} changedAt={card.changedAt} />}
        <div className="row">
          <Button className="btn" onPress={() => setShown(false)}>
            {t("changed.close")}
          </Button>
        </div>
      </Sheet>
    </span>
  );
};
