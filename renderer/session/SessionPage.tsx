import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import {
  askedOfMine,
  hasWordsToBring,
  holdsTheirs,
  mayBring,
  readBringAsks,
} from "../../shared/page/bringing.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { Fold } from "../ui/Fold.tsx";
import { Nearby } from "../ui/Nearby.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useEnded } from "../ui/useEnded.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { AskForPages } from "./AskForPages.tsx";
import { BringAsks } from "./BringAsks.tsx";
import { PickPages } from "./PickPages.tsx";
import { SessionPaper } from "./SessionPaper.tsx";

/** Chosen pages for a session with somebody who helps: looked at first, then as a file or on paper. */
export const SessionPage = () => {
  const { t } = useTranslation("session");
  const journal = useJournal();
  const names = usePartnerName();
  const cards = useLive(journal.cards);
  const paired = useLive(journal.partner) !== undefined;
  const together = !useEnded() && paired;
  const [picked, setPicked] = useState<ReadonlySet<PageId>>(new Set());
  const [preview, setPreview] = useState(false);
  const may = useMemo(() => mayBring(cards, together), [cards, together]);
  const asks = useMemo(() => readBringAsks(cards), [cards]);
  const keptFirst = cards
    .filter(may)
    .toSorted((one, other) => Number(isKept(other)) - Number(isKept(one)));
  // What was agreed to a moment ago and has ended since is picked no more.
  const chosen = keptFirst.filter(({ id }) => picked.has(id));
  const closed = cards.some((card) => !card.opened && isKept(card));
  const askable = together
    ? cards.filter(
        (card) =>
          holdsTheirs(card) && card.place === "shared" && hasWordsToBring(card) && !may(card),
      )
    : [];
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <Nearby side="timeline" />
      <p>{t("lead", names)}</p>
      <p className="note">
        {t("unsigned")} {t("courts")}
      </p>
      <BringAsks asks={asks} mine={(ask) => askedOfMine(ask, cards)} />
      {closed ? (
        <p className="help">
          {t("closedKept")} <Link href="/questions">{t("closedKeptGo")}</Link>
        </p>
      ) : null}
      {keptFirst.length === 0 ? (
        <p className="quiet-state">{t("none")}</p>
      ) : (
        <>
          <PickPages label={t("pick")} cards={keptFirst} picked={picked} onPick={setPicked} />
          <div className="row">
            <Button
              className="btn primary"
              isDisabled={chosen.length === 0}
              onPress={() => setPreview(true)}
            >
              {t("look")}
            </Button>
          </div>
        </>
      )}
      {askable.length === 0 ? null : (
        <Fold title={t("ask.title", names)}>
          <AskForPages cards={askable} />
        </Fold>
      )}
      <SessionPaper cards={chosen} open={preview} onClose={() => setPreview(false)} />
    </div>
  );
};

const isKept = ({ putOff }: { readonly putOff: string | undefined }): boolean =>
  putOff === "session";
