import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { UpdatesSection } from "../about/UpdatesSection.tsx";
import { BackupSection } from "../backup/BackupSection.tsx";
import { ComputerKeySection } from "../keys/ComputerKeySection.tsx";
import { PassphraseSection } from "../keys/PassphraseSection.tsx";
import { usePairStanding } from "../pair/usePairStanding.ts";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { ComputerSection } from "./ComputerSection.tsx";
import { ComputersSection } from "./ComputersSection.tsx";
import { IceServers } from "./IceServers.tsx";
import { LockAfter } from "./LockAfter.tsx";
import { OnThisPage } from "./OnThisPage.tsx";
import { goToPart } from "./parts.ts";
import { LookChoices } from "./LookChoices.tsx";
import { Mailboxes } from "./Mailboxes.tsx";
import { MeSection } from "./MeSection.tsx";
import { MeetingPoints } from "./MeetingPoints.tsx";
import { Receiving } from "./Receiving.tsx";
import { Section } from "./Section.tsx";
import { Sending } from "./Sending.tsx";
import { SharedFolderPart } from "./SharedFolderPart.tsx";
import { SpellingPart } from "./SpellingPart.tsx";
import { Troubles } from "./Troubles.tsx";
import { KeysSection } from "./KeysSection.tsx";
import { WordsSection } from "./WordsSection.tsx";

/** `at`: a part to begin with, by its name in the address. */
export const SettingsPage = ({ at }: { readonly at?: string | undefined }) => {
  const { t } = useTranslation("settings");
  useEffect(() => {
    if (at !== undefined) goToPart(at);
  }, [at]);
  return (
    <div className="stack measured settings">
      <PageTitle>{t("title")}</PageTitle>
      <OnThisPage />
      <MeSection />
      <Receiving />
      <Section title={t("look.title")}>
        <LookChoices />
      </Section>
      <SpellingPart />
      <KeysSection />
      <PartnerSection />
      <ComputersSection />
      <Sending />
      <MeetingPoints />
      <Mailboxes />
      <SharedFolderPart />
      <IceServers />
      <Section title={t("lock.title")} part="lock">
        <LockAfter />
      </Section>
      <ComputerSection />
      <PassphraseSection />
      <WordsSection />
      <BackupSection />
      <ComputerKeySection />
      <About />
      <UpdatesSection />
      <Troubles />
    </div>
  );
};

const PartnerSection = () => {
  const { t } = useTranslation(["settings", "ending"]);
  const standing = usePairStanding();
  const names = usePartnerName();
  const { theirs } = useLive(useJournal().computers);
  return (
    <Section title={t("partner.title")} part="partner">
      {standing === "ended" ? (
        <>
          <p>{t("ending:settings.ended")}</p>
          <p>
            <Link href="/settings/ending">{t("ending:settings.see")}</Link>
          </p>
        </>
      ) : (
        <>
          <p>
            {standing === "alone" ? t("partner.alone") : t("partner.paired", names)}
            {theirs > 1 ? ` ${t("partner.another", names)}` : null}
            {standing === "paused" ? ` ${t("partner.paused")}` : null}
          </p>
          <p>
            {standing === "alone" ? (
              <Link href="/pair">{t("partner.pair")}</Link>
            ) : standing === "paused" ? (
              <Link href="/pair">{t("partner.meetAgain", names)}</Link>
            ) : (
              <Link href="/capsule">{t("partner.file")}</Link>
            )}
          </p>
          {standing === "together" ? (
            <p>
              {t("partner.newComputerWhen", names)}{" "}
              <Link href="/pair/again">{t("partner.newComputer", names)}</Link>
            </p>
          ) : null}
          {standing === "alone" ? null : (
            <p>
              <Link href="/settings/ending">{t("ending:settings.go")}</Link>
            </p>
          )}
        </>
      )}
    </Section>
  );
};

const About = () => {
  const { t } = useTranslation(["settings", "licences"]);
  const { version, profile } = useSurroundings().bridge.shell;
  return (
    <Section title={t("about.title")} part="about">
      <p>{t("about.version", { version })}</p>
      <p>{t("about.licence")}</p>
      <p>{t("about.review")}</p>
      <p>
        <Link href="/about/licences">{t("licences:link")}</Link>
      </p>
      {profile === "default" ? null : <p>{t("about.profile", { profile })}</p>}
    </Section>
  );
};
