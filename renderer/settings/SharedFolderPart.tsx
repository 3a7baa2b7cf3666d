import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { FolderChoice } from "../ui/FolderChoice.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useFolder } from "../ui/useFolder.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { Section } from "./Section.tsx";
import { sharedFolderPort } from "./sharedFolderPort.ts";

/** A folder that both computers reach, and what whoever looks into it sees. */
export const SharedFolderPart = () => {
  const { t } = useTranslation("settings");
  const paired = useLive(useJournal().partner) !== undefined;
  return (
    <Section title={t("folder.title")} part="folder">
      {paired ? <Paired /> : <p>{t("folder.leadAlone")}</p>}
    </Section>
  );
};

const Paired = () => {
  const { t } = useTranslation("settings");
  const journal = useJournal();
  const { sharedFolder } = useSurroundings().bridge;
  const names = usePartnerName();
  const port = useMemo(() => sharedFolderPort(sharedFolder, journal), [sharedFolder, journal]);
  const folder = useFolder(port);
  const offered = folder.now?.state !== "notOffered";
  const chosen = folder.now !== undefined && "name" in folder.now;
  return (
    <>
      <p>{t("folder.lead", names)}</p>
      {offered ? <p>{t("folder.sees")}</p> : null}
      <FolderChoice
        folder={folder}
        group="folder"
        words={{
          none: t("folder.none"),
          ready: (name) => t("folder.ready", { ...names, name }),
          asks: (name) => t("folder.asks", { name }),
          notOffered: t("folder.notOffered"),
          choose: t("folder.choose"),
          other: t("folder.other"),
          forget: t("folder.forget"),
          allow: t("folder.allow"),
        }}
      />
      {offered ? <p className="note">{t("folder.both")}</p> : null}
      {chosen ? <p className="help">{t("folder.stays")}</p> : null}
      {offered ? null : (
        <p>
          <Link href="/capsule">{t("folder.file")}</Link>
        </p>
      )}
    </>
  );
};
