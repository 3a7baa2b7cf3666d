import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useJournal } from "../ui/surroundings.ts";
import { Trouble } from "../ui/Trouble.tsx";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { isOpenOnTheWay } from "./addresses.ts";
import { AddressList } from "./AddressList.tsx";
import { Section } from "./Section.tsx";
import { useSetting } from "./useSetting.ts";

/** Where sealed words wait for the partner's computer, and what whoever keeps them there sees. */
export const Mailboxes = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  const paired = useLive(useJournal().partner) !== undefined;
  const names = usePartnerName();
  const { mailboxes } = settings;
  return (
    <Section title={t("mailbox.title")}>
      <p>{paired ? t("mailbox.lead", names) : t("mailbox.leadAlone")}</p>
      <p>{t("mailbox.sees")}</p>
      <AddressList
        words={{
          list: t("mailbox.title"),
          none: t("mailbox.none"),
          add: t("mailbox.add"),
          addHelp: t("mailbox.addHelp"),
          wrong: t("mailbox.wrong"),
        }}
        addresses={mailboxes}
        onChange={(next) => change({ mailboxes: next })}
      />
      <p className="note">{t("mailbox.both")}</p>
      {mailboxes.filter(isOpenOnTheWay).map((address) => (
        <p key={address} className="note">
          {t("mailbox.open", { address })}
        </p>
      ))}
      <p className="help">
        {t("mailbox.photos")} {paired ? <Link href="/capsule">{t("mailbox.file")}</Link> : null}
      </p>
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};
