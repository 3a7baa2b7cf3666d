import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { neverHeard } from "./neverHeard.ts";
import { useJoining } from "./useJoining.ts";

type AlreadyTwoProps = {
  /** Not where the partner has ended it. */
  readonly mayMeetAgain: boolean;
  readonly onAnew: () => void;
};

export const AlreadyTwo = ({ mayMeetAgain, onAnew }: AlreadyTwoProps) => {
  const { t } = useTranslation("pair");
  const sync = useLive(useJournal().sync);
  const names = usePartnerName();
  const joinsAgain = useJoining() === "again";
  return (
    <div className="stack measured">
      <PageTitle>{t("already.title", names)}</PageTitle>
      <p>{t("already.text")}</p>
      {joinsAgain ? (
        <>
          <p>{t("already.notJoined")}</p>
          <p>
            <Link href="/pair/join-own">{t("already.joinAgain")}</Link>
          </p>
        </>
      ) : null}
      {neverHeard(sync) && !joinsAgain ? (
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
