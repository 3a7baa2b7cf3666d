import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import type { Card } from "../../shared/page/card.ts";
import { Choice } from "../ui/Choice.tsx";
import type { Pen } from "../ui/editor/pen.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { openersFor, type Opener, type Stage, stages } from "./openersFor.ts";
import { pickOpener } from "./pickOpener.ts";

type BeginWithProps = {
  readonly book: EntryBook;
  readonly card: Card;
  /** Undefined until the editor is there. */
  readonly pen: Pen | undefined;
};

/** A first line for an entry that has no words yet; it waits until somebody asks for it. */
export const BeginWith = ({ book, card, pen }: BeginWithProps) => {
  const { t } = useTranslation("openers");
  const [at, setAt] = useState<"folded" | "open" | "taken" | "left">("folded");
  const empty = card.excerpt === "" && !card.hasPhotos && card.place !== "shared";
  if (at === "taken")
    return (
      <p className="help" role="status">
        {t("taken")}
      </p>
    );
  if (!empty || pen === undefined || at === "left") return null;
  if (at === "folded")
    return (
      <div className="begin-with">
        <Button className="btn quiet" onPress={() => setAt("open")}>
          {t("open")}
        </Button>
      </div>
    );
  return (
    <Offer
      book={book}
      onTake={(text) => {
        setAt("taken");
        pen.quoteAtStart(text);
      }}
      onLeave={() => {
        setAt("left");
        pen.focus();
      }}
    />
  );
};

type OfferProps = {
  readonly book: EntryBook;
  readonly onTake: (text: string) => void;
  readonly onLeave: () => void;
};

/** The stage is asked each time; it is never stored. */
const Offer = ({ book, onTake, onLeave }: OfferProps) => {
  const { t } = useTranslation("openers");
  const { role } = useLive(useJournal().me);
  const seen = useLive(book.openersSeen);
  const [stage, setStage] = useState<Stage>();
  const [shown, setShown] = useState<Opener>();
  const [earlier, setEarlier] = useState(false);
  const show = (to: Stage, after: Opener | undefined, all: boolean) => {
    const known = after === undefined ? seen : new Set([...seen, after]);
    const next = pickOpener(openersFor[role][to], known, after, all);
    setStage(to);
    setEarlier(all);
    setShown(next);
    return next;
  };
  // Where the disk refuses it, it is known until the next start; nobody's writing waits for that.
  const saw = (opener: Opener | undefined) => {
    if (opener !== undefined) void book.sawOpener(opener);
  };
  /** By a button: what was there is left, and what comes stays. */
  const showNext = (after: Opener | undefined, all: boolean) => {
    if (stage === undefined) return;
    saw(after);
    saw(show(stage, after, all));
  };
  return (
    <section className="begin-with offered" aria-label={t("open")}>
      {/* The arrow keys pass lines on the way; only the one that is there afterwards was seen. */}
      <div
        onBlur={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget)) saw(shown);
        }}
      >
        <Choice
          label={t("stage.label")}
          help={t("stage.help")}
          options={stages.map((value) => ({ value, label: t(`stage.${value}`) }))}
          value={stage}
          onChange={(to) => void show(to, undefined, false)}
          across
        />
      </div>
      {stage === undefined ? null : (
        <div className="begin-line" role="status">
          {shown === undefined ? (
            <p>{t("none")}</p>
          ) : (
            <blockquote>{t(`lines.${shown}`)}</blockquote>
          )}
        </div>
      )}
      <div className="row">
        {shown === undefined ? null : (
          <Button
            className="btn"
            onPress={() => {
              saw(shown);
              onTake(t(`lines.${shown}`));
            }}
          >
            {t("take")}
          </Button>
        )}
        {stage === undefined ? null : shown === undefined ? (
          <Button className="btn" onPress={() => showNext(undefined, true)}>
            {t("earlier")}
          </Button>
        ) : (
          <Button className="btn" onPress={() => showNext(shown, earlier)}>
            {t("another")}
          </Button>
        )}
        {shown !== undefined && !earlier && hasEarlier(openersFor[role], stage, seen, shown) ? (
          <Button className="btn quiet" onPress={() => showNext(shown, true)}>
            {t("earlier")}
          </Button>
        ) : null}
        <Button
          className="btn quiet"
          onPress={() => {
            saw(shown);
            onLeave();
          }}
        >
          {t("notNow")}
        </Button>
      </div>
      <p className="help">{t(book.place === "room" ? "staysRoom" : "stays")}</p>
    </section>
  );
};

const hasEarlier = (
  openers: Readonly<Record<Stage, readonly Opener[]>>,
  stage: Stage | undefined,
  seen: ReadonlySet<string>,
  shown: Opener,
): boolean =>
  stage !== undefined && openers[stage].some((each) => each !== shown && seen.has(each));
