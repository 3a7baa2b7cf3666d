import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { useAdding } from "../pair/useAdding.ts";
import { usePairStanding } from "../pair/usePairStanding.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Section } from "./Section.tsx";

/** On which computers of one's own this journal is: in words, and nothing of when they are used. */
export const ComputersSection = () => {
  const { t } = useTranslation(["settings", "pair"]);
  const standing = usePairStanding();
  const { mine } = useLive(useJournal().computers);
  if (standing === "ended") return null;
  return (
    <Section title={t("computers.title")} part="computers">
      <p>
        {t(mine === 0 ? "computers.alone" : mine === 1 ? "computers.another" : "computers.others")}
      </p>
      {mine > 0 ? <p>{t("computers.each")}</p> : null}
      <Add />
      {standing === "alone" ? (
        <p>
          <Link href="/pair/join-own">{t("pair:joins.title")}</Link>
        </p>
      ) : null}
      {mine > 0 && standing === "together" ? (
        <p>
          {t("computers.lostWhen")} <Link href="/pair/lost">{t("pair:lost.title")}</Link>
        </p>
      ) : null}
    </Section>
  );
};

const Add = () => {
  const { t } = useTranslation(["settings", "pair"]);
  const adding = useAdding();
  const names = usePartnerName();
  const why = useId();
  if (adding === "may")
    return (
      <div className="row">
        <Link className="btn" href="/pair/own">
          {t("pair:adds.title")}
        </Link>
      </div>
    );
  return (
    <>
      <div className="row">
        <Button className="btn" isDisabled aria-describedby={why}>
          {t("pair:adds.title")}
        </Button>
      </div>
      <p className="help" id={why}>
        {t(`pair:whyNotAdd.${adding}`, names)}
      </p>
    </>
  );
};
