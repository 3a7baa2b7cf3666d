import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { ShellFacts } from "../../shared/bridge/bridge.ts";
import { Section } from "../settings/Section.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";

/** What the keychain of this system means for the journal, as it is and not as it could be. */
export const ComputerKeySection = () => {
  const { t } = useTranslation("keys");
  const kept = useLive(useJournal().computerKey.kept);
  const { shell } = useSurroundings().bridge;
  return (
    <Section title={t("computer.title")} part="key">
      <p>{t(`computer.${sentenceFor(shell, kept)}`)}</p>
      {kept === "keychain" ? <p className="help">{t("computer.words")}</p> : null}
      {shell.kind === "browser" ? null : (
        <p>
          <Link href="/settings/computer-key">{t("computer.go")}</Link>
        </p>
      )}
    </Section>
  );
};

export const sentenceFor = (
  { kind, platform }: Pick<ShellFacts, "kind" | "platform">,
  kept: "keychain" | "nowhere",
) => {
  if (kept === "keychain") return platform;
  return kind === "browser" ? "browser" : "noKeychain";
};
