import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { UpdateCode, UpdateFacts } from "../../shared/bridge/updates.ts";
import { Section } from "../settings/Section.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Toggle } from "../ui/Toggle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useTask } from "../ui/useTask.ts";
import { Offer } from "./Offer.tsx";
import { useUpdates } from "./useUpdates.ts";

/** A person decides whether anybody is asked; who that is, and what they then see, stands above the button. */
export const UpdatesSection = () => {
  const { t } = useTranslation("updates");
  const [facts, read] = useUpdates(useSurroundings().bridge.updates);
  if (facts === undefined) return null;
  return (
    <Section title={t("title")}>
      {facts.host === undefined ? (
        <p>{t("nowhere")}</p>
      ) : (
        <Looking facts={facts} host={facts.host} read={read} />
      )}
    </Section>
  );
};

type LookingProps = {
  readonly facts: UpdateFacts;
  readonly host: string;
  readonly read: () => Promise<void>;
};

const Looking = ({ facts, host, read }: LookingProps) => {
  const { t } = useTranslation("updates");
  const { updates } = useSurroundings().bridge;
  const looking = useTask<UpdateCode>();
  const switching = useTask<UpdateCode>();
  const [isNewest, setNewest] = useState(false);
  const look = (): void => {
    setNewest(false);
    looking.run(updates.look, (offer) => {
      setNewest(offer === undefined);
      void read();
    });
  };
  return (
    <>
      <p>{t("lead", { host })}</p>
      <p>{t("sees", { host })}</p>
      <div className="row">
        <TaskButton className="btn" busy={looking.busy} onPress={look}>
          {t("look")}
        </TaskButton>
      </div>
      <p role="status" className="update-status">
        {looking.busy ? t("looking", { host }) : isNewest ? t("newest") : null}
      </p>
      {looking.code === undefined ? null : <Trouble group="updates" code={looking.code} />}
      {facts.offer === undefined ? null : <Offer offer={facts.offer} host={host} read={read} />}
      <Toggle
        label={t("weekly")}
        help={t("weeklyHelp")}
        on={facts.weekly}
        onChange={(on) =>
          switching.run(
            () => updates.lookWeekly(on),
            () => void read(),
          )
        }
      />
      {switching.code === undefined ? null : <Trouble group="updates" code={switching.code} />}
    </>
  );
};
