import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, Label, ProgressBar } from "react-aria-components";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { usePlaceName } from "../journal/usePlaceName.ts";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { usePreparePhoto } from "../ui/photos/usePreparePhoto.ts";
import { Brought } from "./Brought.tsx";
import { ChooseFiles } from "./ChooseFiles.tsx";
import { LookFirst } from "./LookFirst.tsx";
import { useBringIn, type Done } from "./useBringIn.ts";

type BringInPageProps = {
  readonly book: EntryBook;
  /** "/journal" or "/room". */
  readonly base: string;
  /** Twofold does not lock by itself while this goes on. */
  readonly onWorking: (working: boolean) => void;
};

/** Writing from other apps, for the journal and for my room alike: choose, look at what would come, bring it in. */
export const BringInPage = ({ book, base, onWorking }: BringInPageProps) => {
  const { t } = useTranslation("moving");
  const place = usePlaceName(book);
  const moving = useBringIn(book, usePreparePhoto(), onWorking);
  const { stage } = moving;
  return (
    <div className="stack measured">
      <BackLink to={base}>{place}</BackLink>
      <PageTitle>{t("title")}</PageTitle>
      <Stages at={stage.at}>
        {stage.at === "choosing" ? (
          <ChooseFiles code={stage.code} onChoose={moving.choose} />
        ) : stage.at === "reading" ? (
          <Progress
            label={t("reading.label")}
            so={stage.so}
            stop={t("reading.stop")}
            onStop={moving.stop}
          />
        ) : stage.at === "looking" ? (
          <LookFirst
            book={book}
            archive={stage.archive}
            code={stage.code}
            onBring={moving.bring}
            onOther={moving.startAgain}
          />
        ) : stage.at === "bringing" ? (
          <>
            <Progress
              label={t("bringing.label")}
              so={stage.so}
              stop={t("bringing.stop")}
              onStop={moving.stop}
            />
            <p className="help">{t("bringing.note")}</p>
          </>
        ) : stage.at === "undoing" ? (
          <Progress
            label={t("undoing.label")}
            so={stage.so}
            stop={t("undoing.stop")}
            onStop={moving.stop}
          />
        ) : stage.at === "brought" ? (
          <Brought
            base={base}
            place={place}
            result={stage.result}
            code={stage.code}
            onUndo={moving.undo}
            onMore={moving.startAgain}
          />
        ) : (
          <>
            <h2 tabIndex={-1}>{t("undone.heading")}</h2>
            <p>{t("undone.text")}</p>
            <div className="row">
              <Button className="btn" onPress={moving.startAgain}>
                {t("brought.more")}
              </Button>
            </div>
          </>
        )}
      </Stages>
    </div>
  );
};

/** What was pressed is gone with its stage: the focus goes to the heading, or the button, of the next. */
const Stages = ({ at, children }: { readonly at: string; readonly children: ReactNode }) => {
  const stages = useRef<HTMLDivElement>(null);
  const before = useRef(at);
  useEffect(() => {
    if (before.current === at) return;
    before.current = at;
    stages.current?.querySelector<HTMLElement>("h2, .trouble + *, button")?.focus();
  }, [at]);
  return (
    <div ref={stages} className="stack">
      {children}
    </div>
  );
};

const Progress = ({
  label,
  so,
  stop,
  onStop,
}: {
  readonly label: string;
  readonly so: Done;
  /** The button's words. */
  readonly stop: string;
  readonly onStop: () => void;
}) => {
  const { t } = useTranslation("moving");
  const known = so.all > 0;
  const said = known ? t("progress", { done: so.done, all: so.all }) : t("progressUnknown");
  return (
    <div className="card">
      <ProgressBar
        className="moving-progress"
        isIndeterminate={!known}
        value={so.done}
        maxValue={Math.max(so.all, 1)}
        valueLabel={said}
      >
        {({ percentage = 0 }) => (
          <>
            <Label>{label}</Label>
            <p>{said}</p>
            <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="2" className="track" />
              <rect width={percentage} height="2" className="done" />
            </svg>
          </>
        )}
      </ProgressBar>
      <div className="row">
        <Button className="btn" onPress={onStop}>
          {stop}
        </Button>
      </div>
    </div>
  );
};
