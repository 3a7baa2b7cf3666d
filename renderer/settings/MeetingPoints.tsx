import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { RendezvousCode } from "../../shared/bridge/bridge.ts";
import { Field } from "../ui/Field.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { mostAddresses, readMeetingPoint } from "./addresses.ts";
import { Removable } from "./Removable.tsx";
import { Section } from "./Section.tsx";
import { useEmbeddedAddresses } from "./useEmbeddedAddresses.ts";
import { useSetting } from "./useSetting.ts";

export const MeetingPoints = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  return (
    <Section title={t("meeting.title")}>
      <p>{t("meeting.lead")}</p>
      <Embedded />
      <h3>{t("meeting.list")}</h3>
      {settings.meetingPoints.length === 0 ? (
        <p className="quiet-state">{t("meeting.none")}</p>
      ) : (
        <ul className="removables">
          {settings.meetingPoints.map((address) => (
            <Removable
              key={address}
              address={address}
              onRemove={() =>
                change({ meetingPoints: settings.meetingPoints.filter((each) => each !== address) })
              }
            />
          ))}
        </ul>
      )}
      {settings.meetingPoints.length < mostAddresses ? (
        <AddPoint
          known={settings.meetingPoints}
          onAdd={(address) => change({ meetingPoints: [...settings.meetingPoints, address] })}
        />
      ) : (
        <p className="quiet-state">{t("meeting.full")}</p>
      )}
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

type AddPointProps = {
  readonly known: readonly string[];
  readonly onAdd: (address: string) => void;
};

const AddPoint = ({ known, onAdd }: AddPointProps) => {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState<"wrong" | "twice">();
  const add = (event: FormEvent) => {
    event.preventDefault();
    const address = readMeetingPoint(typed);
    if (address === undefined) return setWrong("wrong");
    if (known.includes(address)) return setWrong("twice");
    onAdd(address);
    return setTyped("");
  };
  return (
    <form className="form" onSubmit={add}>
      <Field
        label={t("meeting.add")}
        help={t("meeting.addHelp")}
        value={typed}
        onChange={(next) => {
          setTyped(next);
          setWrong(undefined);
        }}
        plain
        wrong={wrong === undefined ? undefined : t(`meeting.${wrong}`)}
      />
      <div className="row">
        <Button className="btn" type="submit">
          {t("meeting.addButton")}
        </Button>
      </div>
    </form>
  );
};
