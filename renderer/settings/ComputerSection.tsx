import { useTranslation } from "react-i18next";
import type {
  DesktopChange,
  DesktopCode,
  DesktopSettings,
  DesktopView,
} from "../../shared/bridge/desktop.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Section } from "./Section.tsx";
import { StepOutKeysChoice } from "./StepOutKeysChoice.tsx";
import { useDesktop } from "./useDesktop.ts";

/** What only a desktop app has. A plain browser has none of it, and then none of it is spoken of. */
export const ComputerSection = () => {
  const { t } = useTranslation("computer");
  const { view, change, task } = useDesktop();
  if (view === undefined) return null;
  return (
    <Section title={t("title")}>
      <p>{t("lead")}</p>
      <Switches view={view} change={change} code={task.code} />
    </Section>
  );
};

type SwitchesProps = {
  readonly view: DesktopView;
  readonly change: (change: DesktopChange) => void;
  readonly code: DesktopCode | undefined;
};

const Switches = ({ view, change, code }: SwitchesProps) => {
  const words = useWords();
  const { settings, offered } = view;
  const toggle = (name: SwitchName) => (
    <Toggle
      key={name}
      {...words[name]}
      on={settings[name]}
      onChange={(to) => change({ name, to })}
    />
  );
  return (
    <>
      {offered.includes("notices") ? toggle("notices") : null}
      {offered.includes("stepOutKeys") ? (
        <StepOutKeysChoice
          keys={settings.stepOutKeys}
          taken={view.keysTaken}
          onChange={(to) => change({ name: "stepOutKeys", to })}
        />
      ) : null}
      {code === "KEYS_TAKEN" ? <Trouble group="computer" code={code} /> : null}
      {offered.includes("hidesFromCapture") ? toggle("hidesFromCapture") : null}
      {offered.includes("tray") ? toggle("tray") : null}
      {offered.includes("staysInTray") && settings.tray ? (
        <div className="follows">{toggle("staysInTray")}</div>
      ) : null}
      {offered.includes("startsAtLogin") ? toggle("startsAtLogin") : null}
      {offered.includes("startsMinimised") ? toggle("startsMinimised") : null}
      {code === undefined || code === "KEYS_TAKEN" ? null : (
        <Trouble group="computer" code={code} />
      )}
    </>
  );
};

type SwitchName = Exclude<keyof DesktopSettings, "stepOutKeys">;
type Words = { readonly label: string; readonly help: string };

/** Each system calls its places by other names, and does other things with what it is asked. */
const useWords = (): Readonly<Record<SwitchName, Words>> => {
  const { t } = useTranslation("computer");
  const { platform } = useSurroundings().bridge.shell;
  const mac = platform === "macos";
  return {
    notices: { label: t("notices.label"), help: t("notices.help") },
    hidesFromCapture: {
      label: t("capture.label"),
      help: t(mac ? "capture.helpMac" : "capture.helpWindows"),
    },
    tray: {
      label: t(mac ? "tray.labelMac" : "tray.label"),
      help: t(platform === "linux" ? "tray.helpLinux" : "tray.help"),
    },
    staysInTray: { label: t("stays.label"), help: t(mac ? "stays.helpMac" : "stays.help") },
    startsAtLogin: { label: t("login.label"), help: t("login.help") },
    startsMinimised: {
      label: t("minimised.label"),
      help: t(mac ? "minimised.helpMac" : "minimised.help"),
    },
  };
};
