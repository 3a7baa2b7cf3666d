import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { readPromises } from "../../shared/page/promises.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { PromiseEditor } from "./PromiseEditor.tsx";
import { PromiseReading } from "./PromiseReading.tsx";

/** A promise, or the words for how one went while they are being written. */
export const PromisePage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("promises");
  const cards = useLive(useJournal().cards);
  const found = cards.find(
    (card) => card.id === id && (card.kind === "promise" || card.kind === "outcome"),
  );
  const all = useMemo(() => readPromises(cards), [cards]);
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  const promise = all.find((one) => one.card.id === (card.kind === "outcome" ? card.of : card.id));
  return (
    <div className="stack measured">
      <BackLink to="/promises">{t("title")}</BackLink>
      {card.place === "draft" ? (
        <PromiseEditor draft={card} promise={promise} />
      ) : promise === undefined ? (
        <Missing />
      ) : (
        <PromiseReading promise={promise} />
      )}
    </div>
  );
};
