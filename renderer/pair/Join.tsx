import { type FormEvent, useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { AddingDesk, ReadInvitation } from "../../shared/journal/journal.ts";
import type { InvitationCode, PairingCode } from "../../shared/people/codes.ts";
import { Field } from "../ui/Field.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useTask } from "../ui/useTask.ts";
import { Scan } from "./Scan.tsx";
import { isOwn, ownTexts } from "./ownTexts.ts";
import type { How, Pairing } from "./usePairing.ts";

type JoinProps = {
  readonly pairing: Pairing;
  readonly how: How;
  readonly ways: AddingDesk;
  readonly read: ReadLink | undefined;
  readonly onRead: (read: ReadLink | undefined) => void;
};

export type ReadLink = ReturnType<Pairing["desk"]["read"]>;

/** A link is first read and its contents told; nobody is contacted before a second press. */
export const Join = ({ pairing, how, ways, read, onRead }: JoinProps) => {
  const { t } = useTranslation("pair");
  const own = ownTexts(how);
  const group = isOwn(how) ? "ownInvitation" : "invitation";
  const [link, setLink] = useState(pairing.offered ?? "");
  const { desk } = pairing;
  const scanned = useCallback(
    (found: string) => {
      setLink(found);
      onRead(desk.read(found));
    },
    [desk, onRead],
  );
  const look = (event: FormEvent) => {
    event.preventDefault();
    onRead(pairing.desk.read(link.trim()));
  };
  return (
    <section className="card">
      <h2>{t("join.title")}</h2>
      {read?.ok === true ? (
        <Facts
          pairing={pairing}
          how={how}
          ways={ways}
          link={link.trim()}
          read={read.value}
          onOther={() => {
            setLink("");
            onRead(undefined);
          }}
        />
      ) : (
        <form className="form" onSubmit={look}>
          <p>{t("join.text", own)}</p>
          <Field label={t("join.label")} value={link} onChange={setLink} plain lines={3} />
          {read === undefined ? null : <Trouble group={group} code={read.code} />}
          <div className="row">
            <Button className="btn" type="submit" isDisabled={link.trim() === ""}>
              {t("join.read")}
            </Button>
            <Scan how={how} onFound={scanned} />
          </div>
        </form>
      )}
    </section>
  );
};

type FactsProps = {
  readonly pairing: Pairing;
  readonly how: How;
  readonly ways: AddingDesk;
  readonly link: string;
  readonly read: ReadInvitation;
  readonly onOther: () => void;
};

const Facts = ({ pairing, how, ways, link, read, onOther }: FactsProps) => {
  const { t } = useTranslation("pair");
  const dates = useDates();
  const own = ownTexts(how);
  const task = useTask<InvitationCode | PairingCode>();
  const points = read.meetingPoints;
  return (
    <div className="stack">
      <h3>{t("join.facts")}</h3>
      <p>{t("join.expires", { time: dates.moment(read.expiresAt) })}</p>
      {points.length === 0 ? (
        <p>{t("join.noPoints")}</p>
      ) : (
        <div>
          <p>{t("join.points", { count: points.length })}</p>
          <ul className="addresses" translate="no">
            {points.map((point) => (
              <li key={point}>{point}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="help">{t("join.pointsNote")}</p>
      {task.code === undefined ? null : (
        <Trouble group={isOwn(how) ? "ownInvitation" : "invitation"} code={task.code} />
      )}
      <div className="row">
        <TaskButton
          className="btn primary"
          busy={task.busy}
          onPress={() =>
            task.run(
              () => ways.join(link),
              (talk) => pairing.beginJoined(talk, how),
            )
          }
        >
          {t("join.go", own)}
        </TaskButton>
        <Button className="btn quiet" onPress={onOther} isDisabled={task.busy}>
          {t("join.other")}
        </Button>
      </div>
      <p className="quiet-state" role="status">
        {task.busy ? t("join.starting", own) : ""}
      </p>
    </div>
  );
};
