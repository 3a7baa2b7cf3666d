import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { BackLink } from "../ui/BackLink.tsx";
import { useKeepsOpen } from "../ui/keepsOpen.ts";
import { NotShared } from "../ui/NotShared.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { SendPart } from "./SendPart.tsx";
import { letOpenedGo, openedSources } from "./openedSources.ts";
import { TakenNow, TakePart } from "./TakePart.tsx";
import { anyWaits, type WaitingFiles } from "./useOpenedFiles.ts";
import { useSendFile } from "./useSendFile.ts";
import { type TakeFiles, useTakeFiles } from "./useTakeFiles.ts";
import { settingsAt } from "../settings/parts.ts";

/** What the two share, carried by themselves: both ways on one page. */
export const CapsulePage = ({ opened }: { readonly opened: WaitingFiles }) => {
  const { t } = useTranslation("capsule");
  const journal = useJournal();
  const paired = useLive(journal.partner) !== undefined;
  const paused = useLive(journal.sync).state === "paused";
  const names = usePartnerName();
  const send = useSendFile();
  const files = useTakeFiles();
  const more = useTakeOpened(opened, files);
  const keepOpen = useKeepsOpen();
  const working = send.stage.at === "working" || files.stage.at === "working";
  useEffect(() => {
    if (!working) return undefined;
    keepOpen(true);
    return () => keepOpen(false);
  }, [working, keepOpen]);
  return (
    <div className="stack measured capsule">
      <BackLink to={settingsAt("partner")}>{t("back")}</BackLink>
      <PageTitle>{t("title")}</PageTitle>
      {paused ? (
        <>
          <p className="lead">{t("paused", names)}</p>
          <p>
            <Link href="/pair">{t("meetAgain", names)}</Link>
          </p>
          <TakenNow files={files} />
        </>
      ) : paired ? (
        <>
          <p className="lead">{t("lead")}</p>
          <SendPart send={send} />
          <TakePart files={files} />
          <p className="help">
            <Link href={settingsAt("ways")}>{t("byItself")}</Link>
          </p>
        </>
      ) : (
        <>
          <NotShared>
            <p className="lead">{t("alone")}</p>
            <p>
              <Link href="/pair">{t("pair")}</Link>
            </p>
          </NotShared>
          <TakenNow files={files} />
        </>
      )}
      <p role="status" className="outcome">
        {more ? t("opened.more") : ""}
      </p>
    </div>
  );
};

/** What was opened on the desktop is taken as if it had been dropped here. Whether there was more than is taken at once. */
const useTakeOpened = ({ waiting, forget }: WaitingFiles, { stage, take }: TakeFiles): boolean => {
  const { openedFiles } = useSurroundings().bridge;
  const [more, setMore] = useState(false);
  const working = stage.at === "working";
  useEffect(() => {
    if (working || !anyWaits(waiting)) return;
    setMore(waiting.more);
    forget();
    const { files } = waiting;
    if (files.length > 0)
      take(openedSources(openedFiles, files), () => letOpenedGo(openedFiles, files));
  }, [working, waiting, forget, take, openedFiles]);
  return more;
};
