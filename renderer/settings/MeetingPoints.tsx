import { useTranslation } from "react-i18next";
import type { RendezvousCode } from "../../shared/bridge/bridge.ts";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { AddressList } from "./AddressList.tsx";
import { Section } from "./Section.tsx";
import { useEmbeddedAddresses } from "./useEmbeddedAddresses.ts";
import { useSetting } from "./useSetting.ts";

export const MeetingPoints = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  return (
    <Section title={t("meeting.title")} part="ways">
      <p>{t("meeting.lead")}</p>
      <Embedded />
      <h3>{t("meeting.list")}</h3>
      <AddressList
        words={{
          list: t("meeting.list"),
          none: t("meeting.none"),
          add: t("meeting.add"),
          addHelp: t("meeting.addHelp"),
          wrong: t("meeting.wrong"),
        }}
        addresses={settings.meetingPoints}
        onChange={(meetingPoints) => change({ meetingPoints })}
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};

const Embedded = () => {
  const { t } = useTranslation("settings");
  const { bridge } = useSurroundings();
  const { settings, change } = useSetting();
  const task = useTask<RendezvousCode>();
  const { embeddedMeetingPoint, openToNetwork } = settings;
  const [addresses, lookAgain] = useEmbeddedAddresses();
  const open = (wanted: boolean) =>
    task.run(
      () => bridge.rendezvous.openToNetwork(wanted),
      () => {
        change({ openToNetwork: wanted });
        lookAgain();
      },
    );
  return (
    <>
      <Toggle
        label={t("meeting.embedded")}
        help={t("meeting.embeddedHelp")}
        on={embeddedMeetingPoint}
        onChange={(on) => change({ embeddedMeetingPoint: on })}
      />
      {embeddedMeetingPoint ? (
        <>
          <Toggle
            label={t("meeting.open")}
            help={t("meeting.openHelp")}
            on={openToNetwork}
            onChange={open}
          />
          {task.code === undefined ? null : <Trouble group="rendezvous" code={task.code} />}
          {addresses.length === 0 ? (
            <p className="quiet-state">{t("meeting.notRunning")}</p>
          ) : (
            <div>
              <p>{t("meeting.at")}</p>
              <ul className="addresses" translate="no">
                {addresses.map((address) => (
                  <li key={address}>{address}</li>
                ))}
              </ul>
            </div>
          )}
        </>
      ) : null}
    </>
  );
};
