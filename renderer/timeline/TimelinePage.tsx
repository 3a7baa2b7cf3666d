import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { pillarOf } from "../../shared/page/pillars.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { MilestoneEditor } from "./MilestoneEditor.tsx";
import { MarkReading } from "./MarkReading.tsx";

/** A milestone, or the words behind another mark. */
export const TimelinePage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("timeline");
  const cards = useLive(useJournal().cards);
  const found = cards.find((card) => card.id === id);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  const isMilestone = card?.kind === "milestone";
  if (card === undefined || !card.opened) return <Missing />;
  if (!isMilestone && (card.place !== "shared" || pillarOf(card) === undefined)) return <Missing />;
  return (
    <div className="stack measured">
      <BackLink to="/timeline">{t("title")}</BackLink>
      {isMilestone && card.place === "draft" ? (
        <MilestoneEditor draft={card} />
      ) : (
        <MarkReading card={card} />
      )}
    </div>
  );
};
