import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { WhyEditor } from "./WhyEditor.tsx";
import { WhyReading } from "./WhyReading.tsx";
import { findWhy, isWhyCard } from "./whyPages.ts";

/** A why page with all that was written into it, or words for it while they are being written. */
export const WhyPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("why");
  const cards = useLive(useJournal().cards);
  const found = cards.filter(isWhyCard).find((card) => card.id === id);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  const to = card?.place === "draft" ? (card.draft?.changes ?? card.of) : card?.id;
  const why = useMemo(() => findWhy(cards, to), [cards, to]);
  if (card === undefined) return <Missing />;
  const written = card.place === "draft";
  return (
    <div className="stack measured">
      {written && why !== undefined ? (
        <BackLink to={`/why/${why.card.id}`}>{t("one")}</BackLink>
      ) : (
        <BackLink to="/why">{t("title")}</BackLink>
      )}
      {written ? (
        <WhyEditor draft={card} why={why} />
      ) : why === undefined ? (
        <Missing />
      ) : (
        <WhyReading why={why} />
      )}
    </div>
  );
};
