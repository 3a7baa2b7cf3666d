import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { readTogether } from "../../shared/page/together.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Withdrawn } from "../ui/paper/Withdrawn.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useNow } from "../ui/useNow.ts";
import { TogetherEditor } from "./TogetherEditor.tsx";
import { TogetherReading } from "./TogetherReading.tsx";

const minuteMs = 60_000;

/** Something to do together, while it is being written and afterwards. */
export const TogetherPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("us");
  const cards = useLive(useJournal().cards);
  const now = useNow(minuteMs);
  const all = useMemo(() => readTogether(cards, now), [cards, now]);
  const found = cards.find((card) => card.id === id && card.kind === "together");
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  const together = all.find((one) => one.card.id === card.id);
  return (
    <div className="stack measured">
      <BackLink to="/us/together">{t("together.title")}</BackLink>
      {card.place === "draft" ? (
        <TogetherEditor draft={card} />
      ) : together === undefined ? (
        <article className="stack">
          <PageTitle>{t("together.one")}</PageTitle>
          <Withdrawn card={card} />
        </article>
      ) : (
        <TogetherReading together={together} />
      )}
    </div>
  );
};
