import { useEffect, useMemo, useRef, useState } from "react";
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
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import type { NoteCard } from "./noteKinds.ts";

/** How long nothing is typed before a line is kept, ms. */
const typingPause = 600;

/** Which day it was, and what has helped: in one's own words, or as one said it on another day. */
export const SetbackFields = ({ draft }: { readonly draft: NoteCard }) => {
  const { t } = useTranslation("notes");
  const { code, keep } = useKeeping(draft);
  const said = saidOf("setback", draft.said);
  const cards = useLive(useJournal().cards);
  const before = useMemo(() => helpedBefore(cards, draft), [cards, draft]);
  const [helped, setHelped] = useHelped(said?.helped ?? "", keep);
  const others = before.filter((words) => words !== helped);
  return (
    <div className="stack">
      <DayField
        label={t("day.label")}
        help={t("day.help")}
        value={said?.day}
        onChange={(day) => keep({ day })}
      />
      <Field
        label={t("helpedField.label")}
        help={t("helpedField.help")}
        lines={2}
        value={helped}
        onChange={setHelped}
      />
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

type SetbackSaid = { readonly day?: Day | undefined; readonly helped?: string | undefined };
type Keep = (said: SetbackSaid) => void;

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

/** Kept at each pause in the typing, and when one leaves. */
const useHelped = (kept: string, keep: Keep) => {
  const { clock } = useSurroundings();
  const [helped, setHelped] = useState(kept);
  const latest = useRef({ keep, helped, kept });
  useEffect(() => {
    latest.current = { keep, helped, kept };
  });
  useEffect(
    () => (helped === kept ? undefined : clock.after(typingPause, () => keepNow(latest.current))),
    [clock, helped, kept],
  );
  useEffect(() => () => keepNow(latest.current), []);
  const change = (typed: string) =>
    setHelped(typed.replaceAll(/[\r\n]+/g, " ").slice(0, longestLine));
  return [helped, change] as const;
};

type Latest = { readonly keep: Keep; readonly helped: string; readonly kept: string };

/** As it is written down: without the space that stands at its end while one types on. */
const keepNow = ({ keep, helped, kept }: Latest): void => {
  const said = helped.trim();
  if (said !== kept) keep({ helped: said === "" ? undefined : said });
};
