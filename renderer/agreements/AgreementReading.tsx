import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Agreement } from "../../shared/page/agreements.ts";
import type { Card } from "../../shared/page/card.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { PageWords } from "../ui/PageWords.tsx";
import { Voice } from "../ui/Voice.tsx";
import { CameBack } from "../ui/paper/CameBack.tsx";
import { OwnPageTools } from "../ui/paper/OwnPageTools.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useDates } from "../ui/useDates.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AgreementActs } from "./AgreementActs.tsx";
import { useAgreements } from "./agreementsHere.ts";
import { useStandingWords } from "./useStandingWords.ts";

/** What was proposed, how it stands, and what can be done about it. */
export const AgreementReading = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("agreements");
  const found = useAgreements().find((one) => one.card.id === card.id);
  return found === undefined ? (
    <article className="stack">
      <PageTitle>{t("one")}</PageTitle>
      <Withdrawn card={card} />
    </article>
  ) : (
    <Standing agreement={found} />
  );
};

const Standing = ({ agreement }: { readonly agreement: Agreement }) => {
  const { t } = useTranslation(["agreements", "app"]);
  const words = useStandingWords();
  const dates = useDates();
  const names = usePartnerName();
  const { card, standing } = agreement;
  const mine = card.author === "me";
  const says = mine ? t("proposedBy.me") : t("proposedBy.partner", names);
  return (
    <article className="stack">
      <Voice who={mine ? "mine" : "theirs"}>{`${says} · ${dates.day(card.writtenAt)}`}</Voice>
      <PageTitle hidden={card.title === ""}>
        <span dir="auto">{card.title === "" ? t("one") : card.title}</span>
      </PageTitle>
      {card.dateDoubtful ? <p className="note">{t("app:dates.doubtful")}</p> : null}
      <CameBack card={card} />
      <p className="agreement-standing" role="status">
        {words(agreement)}
      </p>
      {standing.state === "replaced" ? (
        <p>
          <Link href={`/agreements/${standing.by}`}>{t("seeNew")}</Link>
        </p>
      ) : null}
      <div className="letter">
        <PageWords id={card.id} />
      </div>
      {card.agreement?.revises === undefined ? null : (
        <p>
          <Link href={`/agreements/${card.agreement.revises}`}>{t("seeOld")}</Link>
        </p>
      )}
      <AgreementActs agreement={agreement} />
      {mine ? <OwnPageTools card={card} onChanging={undefined} /> : null}
    </article>
  );
};
