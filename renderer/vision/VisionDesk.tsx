import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageCode } from "../../shared/journal/openPage.ts";
import type { VisionPage } from "../../shared/journal/vision.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { type Piece, readPieces } from "../../shared/page/pieces.ts";
import { LazyPageEditor } from "../ui/editor/LazyPageEditor.tsx";
import { useReadBody } from "../ui/editor/useReadBody.ts";
import { WordsOfPage } from "../ui/editor/WordsOfPage.tsx";
import { SavedWords } from "../ui/SavedWords.tsx";
import { Sheet } from "../ui/Sheet.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { VisionHistory } from "./VisionHistory.tsx";
import { WhoseWords } from "./WhoseWords.tsx";

/** The page that both write on, as long as it is on the screen; what the other writes comes as it arrives. */
export const VisionDesk = (props: StandingProps) => {
  const { t } = useTranslation(["vision", "app"]);
  const opening = useVision();
  return (
    <section className="stack" aria-labelledby={headingId}>
      <h2 className="month" id={headingId}>
        {t("page")}
      </h2>
      {opening === undefined ? (
        <p className="quiet-state">{t("app:loading")}</p>
      ) : typeof opening === "string" ? (
        <Trouble group="page" code={opening} />
      ) : (
        <Desk page={opening} {...props} />
      )}
    </section>
  );
};

const headingId = "vision-page";

/** `asked`: the partner waits for a yes, which comes first. `proposed`: words of mine wait for one. */
type StandingProps = { readonly asked: boolean; readonly proposed: boolean };

type DeskProps = StandingProps & { readonly page: VisionPage };

const Desk = ({ page, asked, proposed }: DeskProps) => {
  const { t } = useTranslation("vision");
  const names = usePartnerName();
  const [writing, setWriting] = useState(false);
  const [shown, setShown] = useState<"whose" | "before">();
  const empty = useReadBody(page.body, isEmpty);
  const task = useTask<PageCode>();
  const write = () => {
    page.makeWhole();
    setWriting(true);
  };
  const close = () => setShown(undefined);
  return (
    <>
      {writing ? (
        <>
          <p className="help">{t("writing", names)}</p>
          <LazyPageEditor body={page.body} label={t("body")} autoFocus />
          <SavedWords saved={page.saved} untouched={t("goes")} />
        </>
      ) : (
        <div className="letter vision-living">
          {empty ? <p className="quiet-state">{t("empty")}</p> : <WordsOfPage body={page.body} />}
        </div>
      )}
      {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      <div className="row">
        {writing ? (
          <TaskButton
            className={asked ? "btn" : "btn primary"}
            busy={task.busy}
            onPress={() =>
              task.run(
                () => page.flush(),
                () => setWriting(false),
              )
            }
          >
            {t("acts.done")}
          </TaskButton>
        ) : page.editable ? (
          <Button className={asked ? "btn" : "btn primary"} onPress={write}>
            {t("acts.write")}
          </Button>
        ) : null}
        {empty ? null : (
          <Button className="btn" onPress={() => setShown("whose")}>
            {t("acts.whose")}
          </Button>
        )}
        <Button className="btn quiet" onPress={() => setShown("before")}>
          {t("acts.before")}
        </Button>
      </div>
      {empty || writing || proposed || !page.editable ? null : (
        <div className="agreement-act">
          <TaskButton
            className="btn"
            busy={task.busy}
            aria-describedby="vision-propose"
            onPress={() => task.run(() => page.propose())}
          >
            {t("acts.propose")}
          </TaskButton>
          <p className="help" id="vision-propose">
            {t("acts.proposeHelp", names)}
          </p>
        </div>
      )}
      <Sheet title={t("whose.title")} open={shown === "whose"} onClose={close}>
        <WhoseWords flush={page.flush} />
        <CloseRow onClose={close} />
      </Sheet>
      <Sheet title={t("acts.before")} open={shown === "before"} onClose={close}>
        <VisionHistory page={page} />
        <CloseRow onClose={close} />
      </Sheet>
    </>
  );
};

const CloseRow = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation("vision");
  return (
    <div className="row">
      <Button className="btn" onPress={onClose}>
        {t("acts.close")}
      </Button>
    </div>
  );
};

const isEmpty = (body: PageBody): boolean => !readPieces(body).some(saysSomething);

const saysSomething = (piece: Piece): boolean =>
  piece.kind === "words"
    ? piece.text.trim() !== ""
    : "inside" in piece && piece.inside.some(saysSomething);

/** Undefined while it is being opened. Closed afterwards, also when it comes late. */
const useVision = (): VisionPage | PageCode | undefined => {
  const { vision } = useJournal();
  const [opening, setOpening] = useState<VisionPage | PageCode>();
  useEffect(() => {
    let left = false;
    const answer = vision.open();
    void answer.then((opened) => {
      if (!left) setOpening(opened.ok ? opened.value : opened.code);
    });
    return () => {
      left = true;
      setOpening(undefined);
      void answer.then((opened) => (opened.ok ? opened.value.close() : undefined));
    };
  }, [vision]);
  return opening;
};
