import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { Field } from "../ui/Field.tsx";
import { RoleChoice } from "../ui/RoleChoice.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";
import { Section } from "./Section.tsx";

export const MeSection = () => {
  const { t } = useTranslation(["settings", "firstRun"]);
  const journal = useJournal();
  const me = useLive(journal.me);
  const [name, setName] = useState(me.name);
  const [kept, setKept] = useState(false);
  const task = useTask<StoreCode>();
  const empty = name.trim() === "";
  const keep = (event: FormEvent) => {
    event.preventDefault();
    if (!empty)
      task.run(
        () => journal.changeMe({ name: name.trim() }),
        () => setKept(true),
      );
  };
  return (
    <Section title={t("me.title")} part="me">
      <form className="form" onSubmit={keep}>
        <Field
          label={t("me.name")}
          help={t("me.nameHelp")}
          value={name}
          onChange={(next) => {
            setName(next);
            setKept(false);
          }}
          plain
          wrong={empty ? t("firstRun:me.nameEmpty") : undefined}
        />
        <div className="row">
          <Button className="btn" type="submit" isDisabled={name.trim() === me.name}>
            {t("keep")}
          </Button>
          <p className="quiet-state" role="status">
            {kept ? t("kept") : ""}
          </p>
        </div>
      </form>
      <RoleChoice
        label={t("me.role")}
        help={t("me.roleHelp")}
        role={me.role}
        onRole={(role) => task.run(() => journal.changeMe({ role }))}
      />
      {task.code === undefined ? null : <Trouble group="store" code={task.code} />}
    </Section>
  );
};
