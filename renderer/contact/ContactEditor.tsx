import { useTranslation } from "react-i18next";
import type { Card, Day } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { DayField } from "../ui/DayField.tsx";
import { DraftDesk } from "../ui/DraftDesk.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDayWords } from "../ui/useDayWords.ts";
import { useDescribe } from "../ui/useDescribe.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

type NoteKind = "contactStep" | "contactAgain";

const noteKindOf = ({ kind }: Card): NoteKind | undefined =>
  kind === "contactStep" || kind === "contactAgain" ? kind : undefined;

/** The declaration, a step, or that there was contact after all. */
export const ContactEditor = ({ draft }: { readonly draft: Card }) => {
  const { t } = useTranslation("contact");
  const names = usePartnerName();
  const dayWords = useDayWords();
  const note = noteKindOf(draft);
  const day = note === undefined ? undefined : saidOf(note, draft.said)?.day;
  const changes = draft.draft?.changes;
  const place = draft.of === undefined ? "/contact" : `/contact/${draft.of}`;
  const kind = note ?? "contact";
  return (
    <DraftDesk
      draft={draft}
      texts={{
        title: t(`editor.${kind}.title`),
        intro: t(`editor.${kind}.intro`, names),
        body: t(`editor.${kind}.body`),
        button: t("send.button", names),
        confirm: t("send.confirm", names),
        note: t("send.note"),
      }}
      titled={note === undefined}
      fields={
        note === undefined || changes !== undefined ? undefined : (
          <NoteDay draft={draft} kind={note} day={day} />
        )
      }
      says={day === undefined ? undefined : <p className="help">{dayWords(day)}</p>}
      to={(shared) => (draft.of === undefined ? `/contact/${changes ?? shared}` : place)}
      back={changes === undefined || note !== undefined ? place : `/contact/${changes}`}
    />
  );
};

type NoteDayProps = {
  readonly draft: Card;
  readonly kind: NoteKind;
  readonly day: Day | undefined;
};

/** The day that it is about: what was said of it once stays. */
const NoteDay = ({ draft, kind, day }: NoteDayProps) => {
  const { t } = useTranslation("contact");
  const { code, describe } = useDescribe(draft.id);
  return (
    <div className="stack">
      <DayField label={t("day")} value={day} onChange={(next) => describe({ kind, day: next })} />
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};
