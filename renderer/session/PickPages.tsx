import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { isOfBoth } from "../../shared/page/bringing.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

/** How many stand there at first, and how many come with each press. */
const atOnce = 20;

type PickPagesProps = {
  readonly label: string;
  readonly cards: readonly Card[];
  readonly picked: ReadonlySet<PageId>;
  readonly onPick: (picked: ReadonlySet<PageId>) => void;
};

export const PickPages = ({ label, cards, picked, onPick }: PickPagesProps) => {
  const { t } = useTranslation(["session", "app"]);
  const dates = useDates();
  const names = usePartnerName();
  const [shown, setShown] = useState(atOnce);
  const whose = (card: Card): string => {
    if (isOfBoth(card)) return t("whose.both", names);
    return card.author === "me" ? t("whose.mine") : names.Partner;
  };
  const says = (card: Card): string =>
    [
      whose(card),
      dates.day(card.aboutAt),
      ...(card.place === "draft" ? [t("onlyHere")] : []),
      ...(card.putOff === "session" ? [t("kept")] : []),
    ].join(" · ");
  return (
    <>
      <CheckboxGroup
        className="choice"
        value={[...picked]}
        onChange={(ids) =>
          onPick(new Set(cards.map(({ id }) => id).filter((id) => ids.includes(id))))
        }
      >
        <Label>{label}</Label>
        <div className="options">
          {cards.slice(0, shown).map((card) => (
            <Checkbox key={card.id} value={card.id} className="tick bring-line">
              <span className="tick-box" aria-hidden="true">
                <svg viewBox="0 0 20 20" className="mark-drawn">
                  <path d="M5 10.5l3.5 3.5L15 6.5" />
                </svg>
              </span>
              <span>
                <span dir="auto">{card.title === "" ? card.excerpt : card.title}</span>
                <span className="help"> {says(card)}</span>
              </span>
            </Checkbox>
          ))}
        </div>
      </CheckboxGroup>
      {cards.length <= shown ? null : (
        <Button className="btn quiet earlier" onPress={() => setShown(shown + atOnce)}>
          {t("app:earlier")}
        </Button>
      )}
    </>
  );
};
