import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { useLocation } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import type { Result } from "../../shared/base/result.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { EmptyPlace } from "../ui/EmptyPlace.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWish } from "../ui/wishes.tsx";
import { DisclosureCheck } from "./DisclosureCheck.tsx";
import { LetterLines } from "./LetterLines.tsx";
import { findBegun, findMyDisclosure, readPapers, type WriteKind } from "./papers.ts";
import { ResponsibilityPrompt } from "./ResponsibilityPrompt.tsx";
import { WriteChoice } from "./WriteChoice.tsx";

type BeginCode = PageCode | "DELIVERED";

/** Letters, a disclosure, and something you should know: what was sent and what came. */
export const LettersPlace = () => {
  const journal = useJournal();
  const cards = useLive(journal.cards);
  const [, navigate] = useLocation();
  const [before, setBefore] = useState<"responsibility" | "disclosure">();
  const task = useTask<BeginCode>();
  const show = (id: PageId) => navigate(`/letters/${id}`);
  const begin = (make: () => Promise<Result<PageId, BeginCode>>) => task.run(make, show);
  const disclosure = findMyDisclosure(cards);

  const choose = (kind: WriteKind): void => {
    switch (kind) {
      case "told": {
        const begun = findBegun(cards, "told");
        return begun === undefined ? begin(journal.draftTold) : show(begun.id);
      }
      case "impact":
        return begin(() => journal.draftLetter("impact"));
      case "responsibility": {
        const begun = findBegun(cards, "letter", "responsibility");
        return begun === undefined ? setBefore("responsibility") : show(begun.id);
      }
      case "disclosure":
        return disclosure?.place === "draft" ? show(disclosure.id) : setBefore("disclosure");
      case "addition":
        return disclosure === undefined
          ? undefined
          : begin(() => journal.draftAddition(disclosure.id));
    }
  };

  const trouble = task.code === undefined ? null : <Trouble group="page" code={task.code} />;
  const leave = () => {
    task.forget();
    setBefore(undefined);
  };
  if (before === "responsibility")
    return (
      <ResponsibilityPrompt
        busy={task.busy}
        trouble={trouble}
        onReady={() => begin(() => journal.draftLetter("responsibility"))}
        onLeave={leave}
      />
    );
  if (before === "disclosure")
    return (
      <DisclosureCheck
        busy={task.busy}
        trouble={trouble}
        onBegin={() => begin(journal.draftDisclosure)}
        onLeave={leave}
      />
    );
  return (
    <>
      {trouble}
      <Place onChosen={choose} />
    </>
  );
};

const Place = ({ onChosen }: { readonly onChosen: (kind: WriteKind) => void }) => {
  const { t } = useTranslation("letters");
  const cards = useLive(useJournal().cards);
  const names = usePartnerName();
  const [choosing, setChoosing] = useState(false);
  useWish("letter", () => setChoosing(true));
  const { writing, came, sent } = readPapers(cards);
  const none = writing.length + came.length + sent.length === 0;
  const disclosure = findMyDisclosure(cards);
  const delivered = disclosure?.place === "shared" && disclosure.withdrawnAt === undefined;
  const choose = (kind: WriteKind) => {
    setChoosing(false);
    onChosen(kind);
  };
  return (
    <div className="stack measured">
      <div className="heading-row">
        <PageTitle>{t("title")}</PageTitle>
        {none ? null : (
          <Button className="btn primary" onPress={() => setChoosing(true)}>
            {t("write.button")}
          </Button>
        )}
      </div>
      <Nearby side="letters" />
      {none ? (
        <EmptyPlace
          title={t("empty.title")}
          text={t("empty.text", names)}
          first={t("empty.first")}
          onFirst={() => setChoosing(true)}
        />
      ) : (
        <>
          <LetterLines title={t("place.writing")} papers={writing} />
          <LetterLines title={t("place.came")} papers={came} />
          <LetterLines title={t("place.sent")} papers={sent} />
        </>
      )}
      <WriteChoice
        open={choosing}
        delivered={delivered}
        onChosen={choose}
        onClose={() => setChoosing(false)}
      />
    </div>
  );
};
