import { useTranslation } from "react-i18next";
import { Link } from "wouter";
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
  const paired = useLive(useJournal().partner) !== undefined;
  const { partner } = usePartnerName();
  if (pairing.talk !== undefined) return <Talk pairing={pairing} talk={pairing.talk} />;
  if (paired)
    return (
      <div className="stack measured">
        <PageTitle>{t("already.title", { partner })}</PageTitle>
        <p>{t("already.text")}</p>
        <p>
          <Link href="/journal">{t("done.go")}</Link>
        </p>
      </div>
    );
  return (
    <div className="stack measured">
      <PageTitle>{t("title")}</PageTitle>
      <p>{t("lead")}</p>
      <div className="two-ways">
        <Invite pairing={pairing} />
        <Join key={pairing.offered} pairing={pairing} />
      </div>
    </div>
  );
};
