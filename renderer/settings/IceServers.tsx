import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Field } from "../ui/Field.tsx";
import { PassphraseField } from "../ui/PassphraseField.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { mostAddresses, readIceServer } from "./addresses.ts";
import { IceServerLine } from "./IceServerLine.tsx";
import { Section } from "./Section.tsx";
import { useSetting } from "./useSetting.ts";

export const IceServers = () => {
  const { t } = useTranslation("settings");
  const { settings, change, task } = useSetting();
  const { iceServers } = settings;
  return (
    <Section title={t("ice.title")}>
      <p>{t("ice.lead")}</p>
      {iceServers.length === 0 ? (
        <p className="quiet-state">{t("ice.none")}</p>
      ) : (
        <ul className="removables">
          {iceServers.map((server) => (
            <IceServerLine
              key={server.url}
              server={server}
              onRemove={() => change({ iceServers: iceServers.filter((each) => each !== server) })}
            />
          ))}
        </ul>
      )}
      {iceServers.length < mostAddresses ? (
        <AddServer
          onAdd={(server) =>
            change({ iceServers: [...iceServers.filter(({ url }) => url !== server.url), server] })
          }
        />
      ) : (
        <p className="quiet-state">{t("meeting.full")}</p>
      )}
      {iceServers.some(({ url }) => isRelayUrl(url)) || settings.relayOnly ? (
        <Toggle
          label={t("ice.relayOnly")}
          help={t("ice.relayOnlyHelp")}
          on={settings.relayOnly}
          onChange={(relayOnly) => change({ relayOnly })}
        />
      ) : null}
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};

type AddServerProps = {
  readonly onAdd: (server: NonNullable<ReturnType<typeof readIceServer>>) => void;
};

const AddServer = ({ onAdd }: AddServerProps) => {
  const { t } = useTranslation("settings");
  const [typed, setTyped] = useState(nothing);
  const [wrong, setWrong] = useState(false);
  const type = (part: Partial<typeof nothing>) => {
    setTyped({ ...typed, ...part });
    setWrong(false);
  };
  const add = (event: FormEvent) => {
    event.preventDefault();
    const server = readIceServer(typed.url, typed.username, typed.credential);
    setWrong(server === undefined);
    if (server === undefined) return;
    onAdd(server);
    setTyped(nothing);
  };
  const isRelay = isRelayUrl(typed.url.trim());
  return (
    <form className="form" onSubmit={add}>
      <Field
        label={t("ice.url")}
        help={t("ice.urlHelp")}
        value={typed.url}
        onChange={(url) => type({ url })}
        plain
        wrong={wrong ? t("ice.wrong") : undefined}
      />
      {isRelay ? (
        <>
          <Field
            label={t("ice.username")}
            value={typed.username}
            onChange={(username) => type({ username })}
            plain
          />
          <PassphraseField
            label={t("ice.credential")}
            value={typed.credential}
            onChange={(credential) => type({ credential })}
          />
        </>
      ) : null}
      <div className="row">
        <Button className="btn" type="submit">
          {t("meeting.addButton")}
        </Button>
      </div>
    </form>
  );
};

const nothing = { url: "", username: "", credential: "" };

const isRelayUrl = (url: string): boolean => /^turns?:/i.test(url);
