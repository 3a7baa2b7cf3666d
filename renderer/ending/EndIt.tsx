import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import {
  stayMs,
  type EndingCode,
  type EndingState,
  type TheirWords,
} from "../../shared/journal/ending.ts";
import { createBlobSink } from "../saving/blobSink.ts";
import { Choice } from "../ui/Choice.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import type { LastFile } from "./LastMessage.tsx";
import { PartnerEndedText } from "./PartnerEnded.tsx";
import { settingsAt } from "../settings/parts.ts";

type EndItProps = {
  readonly partnerEnded: Extract<EndingState, { state: "together" }>["partnerEnded"];
  /** The last message, made as a file before the keys for it went; undefined where none was asked for. */
  readonly onFile: (file: LastFile | undefined) => void;
};

/** Three actions from the settings: here, whether to tell, and the button. Nothing is chosen for anyone. */
export const EndIt = ({ partnerEnded, onFile }: EndItProps) => {
  const { t } = useTranslation("ending");
  const journal = useJournal();
  const names = usePartnerName();
  const paused = useLive(journal.sync).state === "paused";
  const silent = paused || partnerEnded !== undefined;
  const [telling, setTelling] = useState<"quietly" | "message" | "file">();
  const [theirWords, setTheirWords] = useState<TheirWords>("later");
  const [asked, setAsked] = useState(false);
  const task = useTask<EndingCode>();
  const tell = silent ? "quietly" : telling;
  const end = () => {
    setAsked(tell === undefined);
    if (tell === undefined) return;
    const file = tell === "file" ? createBlobSink("application/octet-stream") : undefined;
    task.run(async () => {
      const ended = await journal.ending.end({ tell: tell !== "quietly", theirWords, file });
      if (ended.ok) onFile(file === undefined ? undefined : (file.blob() ?? "none"));
      return ended;
    });
  };
  return (
    <>
      <PageTitle>{t("title")}</PageTitle>
      {partnerEnded === undefined ? null : (
        <div className="note">
          <PartnerEndedText day={partnerEnded.day} />
          <p>{t("told.page")}</p>
        </div>
      )}
      <p className="lead">{t("lead")}</p>
      <WhatHappens told={partnerEnded !== undefined} />
      {silent ? (
        paused && partnerEnded === undefined && <p>{t("tell.paused")}</p>
      ) : (
        <Choice
          label={t("tell.label", names)}
          options={[
            { value: "quietly", label: t("tell.quietly"), help: t("tell.quietlyHelp") },
            { value: "message", label: t("tell.message"), help: t("tell.messageHelp") },
            { value: "file", label: t("tell.file"), help: t("tell.fileHelp") },
          ]}
          value={telling}
          onChange={setTelling}
        />
      )}
      <TheirWordsChoice value={theirWords} onChange={setTheirWords} />
      {task.code === undefined ? null : <Trouble group="ending" code={task.code} />}
      <div className="row">
        <TaskButton className="btn primary" busy={task.busy} onPress={end}>
          {t("end")}
        </TaskButton>
        <Link className="btn quiet" href={settingsAt("partner")}>
          {t("leave")}
        </Link>
        <p className="quiet-state" role="status">
          {task.busy ? t("ending") : asked && tell === undefined ? t("choose", names) : ""}
        </p>
      </div>
    </>
  );
};

/** Told that the other has ended it: what waits for them, and whether to tell, are no questions any more. */
const WhatHappens = ({ told }: { readonly told: boolean }) => {
  const { t } = useTranslation("ending");
  const names = usePartnerName();
  const { mine } = useLive(useJournal().computers);
  return (
    <>
      <section className="ending-part">
        <h2>{t("happens.title")}</h2>
        <ul>
          <li>{t("happens.stops")}</li>
          {mine > 0 ? <li>{t("happens.others")}</li> : null}
          <li>{t("happens.yours")}</li>
          <li>{t("happens.theirs", names)}</li>
          {told ? null : <li>{t("happens.onTheWay")}</li>}
          <li>{t("happens.backups")}</li>
        </ul>
      </section>
      {told ? null : (
        <section className="ending-part">
          <h2>{t("afraid.title")}</h2>
          <p>{t("afraid.quiet", names)}</p>
          <p>{t("afraid.seen")}</p>
        </section>
      )}
    </>
  );
};

type TheirWordsChoiceProps = {
  readonly value: TheirWords;
  readonly onChange: (value: TheirWords) => void;
};

const TheirWordsChoice = ({ value, onChange }: TheirWordsChoiceProps) => {
  const { t } = useTranslation("ending");
  const names = usePartnerName();
  const dates = useDates();
  const { clock } = useSurroundings();
  const day = dates.day(clock.now() + stayMs);
  return (
    <Choice
      label={t("words.label", names)}
      options={[
        { value: "later", label: t("words.later"), help: t("words.laterHelp", { day }) },
        { value: "now", label: t("words.now"), help: t("words.nowHelp") },
        { value: "keep", label: t("words.keep") },
      ]}
      value={value}
      onChange={onChange}
    />
  );
};
