import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { SyncTruth } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";

type AlreadyTwoProps = {
  /** Not where the partner has ended it. */
  readonly mayMeetAgain: boolean;
  readonly onAnew: () => void;
};

export const AlreadyTwo = ({ mayMeetAgain, onAnew }: AlreadyTwoProps) => {
  const { t } = useTranslation("pair");
  const sync = useLive(useJournal().sync);
  const names = usePartnerName();
  return (
    <div className="stack measured">
      <PageTitle>{t("already.title", names)}</PageTitle>
      <p>{t("already.text")}</p>
      {neverHeard(sync) ? (
        <>
          <p>{t("already.notMet", names)}</p>
          <div className="row">
            <Button className="btn" onPress={onAnew}>
              {t("already.again")}
            </Button>
          </div>
        </>
      ) : null}
      {mayMeetAgain ? (
        <p>
          {t("already.newComputer", names)}{" "}
          <Link href="/pair/again">{t("again.title", names)}</Link>
        </p>
      ) : null}
      <p>
        <Link href="/journal">{t("done.go")}</Link>
      </p>
    </div>
  );
};

/** Nothing has come from the other side since pairing: it may have gone wrong there at the last moment. */
const neverHeard = (sync: SyncTruth): boolean =>
  sync.state === "notYetMet" || (sync.state === "waiting" && sync.heardDay === undefined);
