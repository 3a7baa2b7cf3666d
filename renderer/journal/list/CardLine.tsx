import { memo } from "react";
import type { Card } from "../../../shared/page/card.ts";
import { asHash } from "../../app/places.ts";
import { Voice } from "../../ui/Voice.tsx";
import type { LineSaying } from "./useLineSaying.ts";

type CardLineProps = {
  readonly card: Card;
  readonly base: string;
  readonly saying: LineSaying;
  /** Whether Tab comes here; the arrows reach the others. */
  readonly reachable: boolean;
};

/** One entry in a list: whose voice, the day it is about, its title and first words, and where it is. */
export const CardLine = memo((props: CardLineProps) => {
  const { card, base, saying, reachable } = props;
  const { t, day, Partner } = saying;
  const mine = card.author === "me";
  const { withdrawnAt } = card;
  return (
    <a
      href={asHash(`${base}/${card.id}`)}
      className="line"
      data-page={card.id}
      tabIndex={reachable ? 0 : -1}
    >
      <Voice who={mine ? "mine" : "theirs"}>
        {mine ? t("app:you") : Partner} · {day(card.aboutAt)}
        {card.place === "draft" ? <span className="state"> · {t("onlyHere")}</span> : null}
        {card.changedAt === undefined || withdrawnAt !== undefined ? null : (
          <span className="state"> · {t("changed")}</span>
        )}
        {card.hasPhotos && withdrawnAt === undefined ? (
          <span className="state"> · {t("entries:line.photos")}</span>
        ) : null}
      </Voice>
      {withdrawnAt !== undefined ? (
        <p className="line-words">{t("withdrawnOn", { day: day(withdrawnAt) })}</p>
      ) : card.kind === "newer" ? (
        <p className="line-words">{t("newer")}</p>
      ) : (
        <LineWords card={card} t={t} />
      )}
    </a>
  );
});
CardLine.displayName = "CardLine";

const LineWords = ({ card, t }: { readonly card: Card; readonly t: LineSaying["t"] }) => {
  const title = card.title.trim();
  const marks = [...card.tags, ...card.feelings];
  return (
    <>
      {title === "" ? null : (
        <h3 className="line-title" dir="auto">
          {title}
        </h3>
      )}
      <p className="line-words" dir="auto">
        {card.excerpt === "" && title === "" ? t("untitled") : card.excerpt}
      </p>
      {marks.length === 0 ? null : (
        <p className="line-marks">
          <span className="for-readers">{t("entries:line.marks")} </span>
          <bdi>{marks.join(" · ")}</bdi>
        </p>
      )}
    </>
  );
};
