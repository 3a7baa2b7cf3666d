import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import type { Card } from "../../shared/page/card.ts";
import { readContacts } from "../../shared/page/contacts.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { Missing } from "../ui/Missing.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { ContactEditor } from "./ContactEditor.tsx";
import { ContactReading } from "./ContactReading.tsx";

const kinds: readonly Card["kind"][] = ["contact", "contactStep", "contactAgain"];

/** A declaration, or one of its steps: while it is being written, or the whole of it as both read it. */
export const ContactPage = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation("contact");
  const cards = useLive(useJournal().cards);
  const contacts = useMemo(() => readContacts(cards), [cards]);
  const found = cards.find((card) => card.id === id && kinds.includes(card.kind));
  // While a draft is being sent or discarded it is gone from the list a moment before this screen is.
  const [last, setLast] = useState(found);
  if (found !== undefined && found !== last) setLast(found);
  const card = found ?? last;
  if (card === undefined) return <Missing />;
  const whole = card.kind === "contact" ? card.id : card.of;
  const contact = contacts.find((one) => one.card.id === whole);
  return (
    <div className="stack measured">
      {card.place === "draft" && card.of !== undefined ? (
        <BackLink to={`/contact/${card.of}`}>{t("one")}</BackLink>
      ) : (
        <BackLink to="/contact">{t("title")}</BackLink>
      )}
      {card.place === "draft" ? (
        <ContactEditor draft={card} />
      ) : contact === undefined ? (
        <Missing />
      ) : (
        <ContactReading contact={contact} />
      )}
    </div>
  );
};
