import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BackupSection } from "../backup/BackupSection.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { IceServers } from "./IceServers.tsx";
import { LockAfter } from "./LockAfter.tsx";
import { LookChoices } from "./LookChoices.tsx";
import { Mailboxes } from "./Mailboxes.tsx";
import { MeSection } from "./MeSection.tsx";
import { MeetingPoints } from "./MeetingPoints.tsx";
import { Receiving } from "./Receiving.tsx";
import { Section } from "./Section.tsx";
import { Sending } from "./Sending.tsx";
import { Troubles } from "./Troubles.tsx";
import { KeysSection } from "./KeysSection.tsx";
import { WordsSection } from "./WordsSection.tsx";

export const SettingsPage = () => {
  const { t } = useTranslation("settings");
  return (
    <div className="stack measured settings">
      <PageTitle>{t("title")}</PageTitle>
      <MeSection />
      <Receiving />
      <Section title={t("look.title")}>
        <LookChoices />
      </Section>
      <KeysSection />
      <Section title={t("lock.title")}>
        <LockAfter />
      </Section>
      <WordsSection />
      <BackupSection />
      <PartnerSection />
      <Sending />
      <MeetingPoints />
      <Mailboxes />
      <IceServers />
      <Troubles />
      <About />
    </div>
  );
};

const PartnerSection = () => {
  const { t } = useTranslation("settings");
  const paired = useLive(useJournal().partner) !== undefined;
  const { partner } = usePartnerName();
  return (
    <Section title={t("partner.title")}>
      <p>{paired ? t("partner.paired", { partner }) : t("partner.alone")}</p>
      <p>
        {paired ? (
          <Link href="/capsule">{t("partner.file")}</Link>
        ) : (
          <Link href="/pair">{t("partner.pair")}</Link>
        )}
      </p>
    </Section>
  );
};

const About = () => {
  const { t } = useTranslation("settings");
  const { version, profile } = useSurroundings().bridge.shell;
  return (
    <Section title={t("about.title")}>
      <p>{t("about.version", { version })}</p>
      <p>{t("about.licence")}</p>
      <p>{t("about.review")}</p>
      {profile === "default" ? null : <p>{t("about.profile", { profile })}</p>}
    </Section>
  );
};
