import { useState } from "react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { SyncTruth } from "../../shared/journal/journal.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Invite } from "./Invite.tsx";
import { Join } from "./Join.tsx";
import { Talk } from "./Talk.tsx";
import type { Pairing } from "./usePairing.ts";

export const PairPage = ({ pairing }: { readonly pairing: Pairing }) => {
  const { t } = useTranslation("pair");
  const journal = useJournal();
  const paired = useLive(journal.partner) !== undefined;
  const sync = useLive(journal.sync);
  const [anew, setAnew] = useState(false);
  const { partner } = usePartnerName();
  if (pairing.talk !== undefined) return <Talk pairing={pairing} talk={pairing.talk} />;
  if (paired && !anew)
    return (
      <div className="stack measured">
        <PageTitle>{t("already.title", { partner })}</PageTitle>
        <p>{t("already.text")}</p>
        {neverHeard(sync) ? (
          <>
            <p>{t("already.notMet", { partner })}</p>
            <div className="row">
              <Button className="btn" onPress={() => setAnew(true)}>
                {t("already.again")}
              </Button>
            </div>
          </>
        ) : null}
        <p>
          <Link href="/journal">{t("done.go")}</Link>
        </p>
      </div>
    );
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      <TwoWays key={pairing.offered} pairing={pairing} />
    </div>
  );
};

const TwoWays = ({ pairing }: { readonly pairing: Pairing }) => {
  const [read, setRead] = useState(() =>
    pairing.offered === undefined ? undefined : pairing.desk.read(pairing.offered),
  );
  return (
    <div className="two-ways">
      <Invite pairing={pairing} leads={read?.ok !== true} />
      <Join pairing={pairing} read={read} onRead={setRead} />
    </div>
  );
};

/** Nothing has come from the other side since pairing: it may have gone wrong there at the last moment. */
const neverHeard = (sync: SyncTruth): boolean =>
  sync.state === "notYetMet" || (sync.state === "waiting" && sync.heardDay === undefined);
