import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddingDesk } from "../../shared/journal/journal.ts";
import type { PairingCode } from "../../shared/people/codes.ts";
import { Choice } from "../ui/Choice.tsx";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";
import { isOwn, ownTexts } from "./ownTexts.ts";
import type { How, Pairing, Where } from "./usePairing.ts";

type InviteProps = {
  readonly pairing: Pairing;
  readonly how: How;
  readonly ways: AddingDesk;
  /** Whether this is what the screen is mostly for: not while an invitation is being looked at. */
  readonly leads: boolean;
};

export const Invite = ({ pairing, how, ways, leads }: InviteProps) => {
  const { t } = useTranslation("pair");
  const own = ownTexts(how);
  const [where, setWhere] = useState<Where>("here");
  const task = useTask<PairingCode>();
  const make = () =>
    task.run(
      () => ways.invite(where),
      (invited) => pairing.beginInvited(invited, where, how),
    );
  return (
    <section className="card">
      <h2>{t("invite.title", own)}</h2>
      <p>{t("invite.text", own)}</p>
      <Choice
        label={t("invite.where", own)}
        options={[
          { value: "here", label: t("invite.here", own), help: t("invite.hereHelp") },
          { value: "apart", label: t("invite.apart"), help: t("invite.apartHelp") },
        ]}
        value={where}
        onChange={setWhere}
      />
      {task.code === undefined ? null : (
        <Trouble group={isOwn(how) ? "ownPairing" : "pairing"} code={task.code} />
      )}
      <div className="row">
        <TaskButton className={leads ? "btn primary" : "btn"} busy={task.busy} onPress={make}>
          {task.busy ? t("invite.making") : t("invite.make")}
        </TaskButton>
      </div>
    </section>
  );
};
