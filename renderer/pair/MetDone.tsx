import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import { usePartnerName } from "../ui/usePartnerName.ts";
import type { Pairing } from "./usePairing.ts";
import { useUnlocksNext } from "./useUnlocksNext.ts";

type MetDoneProps = { readonly pairing: Pairing; readonly onLock: () => void };

/** What has come of it, and the one next step. */
export const MetDone = ({ pairing, onLock }: MetDoneProps) => {
  const { t } = useTranslation("pair");
  const names = usePartnerName();
  const { putAway } = pairing;
  if (useUnlocksNext(pairing))
    return (
      <>
        <p>{t("done.unlock")}</p>
        <div className="row">
          <Button className="btn primary" onPress={onLock}>
            {t("done.lock")}
          </Button>
        </div>
      </>
    );
  return (
    <>
      <p>{t(textOf(pairing), names)}</p>
      {pairing.meeting === "adds" ? <p>{t("done.addsStays")}</p> : null}
      {pairing.meeting === "joins" ? <p>{t("done.joinsStays")}</p> : null}
      <div className="row">
        <Link href="/journal" className="btn primary" onClick={putAway}>
          {t("done.go")}
        </Link>
        {pairing.meeting === "first" ? (
          <Link href="/begin/together" className="btn" onClick={putAway}>
            {t("done.hour")}
          </Link>
        ) : null}
      </div>
    </>
  );
};

const textOf = ({ meeting, as }: Pairing) => {
  if (meeting === "theirs") return "done.theirs";
  if (meeting === "mine" && as === "lost") return "done.lostOwn";
  if (meeting === "mine") return as === "new" ? "done.lost" : "done.mine";
  if (meeting === "adds") return "done.adds";
  if (meeting === "joins") return "done.joins";
  return "done.text";
};
