import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { AgreementEditor } from "./AgreementEditor.tsx";
import { AgreementReading } from "./AgreementReading.tsx";

/** One of them: a draft that is being written, or what was proposed. */
export const AgreementPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("agreements");
  const cards = useLive(useJournal().cards);
  const found = cards.find((card) => card.id === id && card.kind === "agreement");
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  return (
    <div className="stack measured">
      <BackLink to="/agreements">{t("title")}</BackLink>
      {card.place === "draft" ? <AgreementEditor draft={card} /> : <AgreementReading card={card} />}
    </div>
  );
};
