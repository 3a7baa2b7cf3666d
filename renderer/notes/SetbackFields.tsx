import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { createQueue } from "../../shared/base/queue.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { PracticeSaid } from "../../shared/journal/practising.ts";
import type { Day } from "../../shared/page/card.ts";
import { helpedBefore } from "../../shared/page/helped.ts";
import { longestLine, saidOf } from "../../shared/page/said.ts";
import { DayField } from "../ui/DayField.tsx";
import { Openers } from "../ui/editor/Openers.tsx";
import { Field } from "../ui/Field.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useKeptText } from "../ui/useKeptText.ts";
import { useLive } from "../ui/useLive.ts";
import type { NoteCard } from "./noteKinds.ts";

/** Which day it was, and what has helped: in one's own words, or as one said it on another day. */
export const SetbackFields = ({ draft }: { readonly draft: NoteCard }) => {
  const { t } = useTranslation("notes");
  const { code: dayCode, keep } = useKeeping(draft);
  const said = saidOf("setback", draft.said);
  const cards = useLive(useJournal().cards);
  const before = useMemo(() => helpedBefore(cards, draft), [cards, draft]);
  const { text: helped, change, settled, code = dayCode } = useHelped(draft, said?.helped ?? "");
  const setHelped = (typed: string) =>
    change(typed.replaceAll(/[\r\n]+/g, " ").slice(0, longestLine));
  const others = before.filter((words) => words !== helped);
  return (
    <div className="stack">
      <DayField
        label={t("day.label")}
        help={t("day.help")}
        value={said?.day}
        onChange={(day) => keep({ day })}
      />
      <div onBlur={() => void settled()}>
        <Field
          label={t("helpedField.label")}
          help={t("helpedField.help")}
          lines={2}
          value={helped}
          onChange={setHelped}
        />
      </div>
      {others.length === 0 ? null : (
        <Openers
          label={t("helpedField.earlier")}
          ready
          openers={others.map((words) => ({ says: words, write: () => setHelped(words) }))}
        />
      )}
      {code === undefined ? null : <Trouble group="page" code={code} />}
    </div>
  );
};

type Keep = (said: { readonly day: Day | undefined }) => void;

/** One after another, so that a slow disk ends with what was said last. */
const useKeeping = (draft: NoteCard) => {
  const journal = useJournal();
  const [inTurn] = useState(createQueue);
  const [code, setCode] = useState<PageCode>();
  const keep: Keep = (said) => {
    const all: PracticeSaid = { kind: "setback", ...said };
    void inTurn(() => journal.describePractice(draft.id, all)).then((kept) =>
      setCode(kept.ok ? undefined : kept.code),
    );
  };
  return { code, keep };
};

/** As it is written down: without the space that stands at its end while one types on. */
const useHelped = ({ id }: NoteCard, kept: string) => {
  const { describePractice } = useJournal();
  const keep = useCallback(
    (text: string) =>
      describePractice(id, {
        kind: "setback",
        helped: text.trim() === "" ? undefined : text.trim(),
      }),
    [describePractice, id],
  );
  return useKeptText(kept, keep);
};
