import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Role } from "../../shared/journal/journal.ts";
import { Field } from "../ui/Field.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { RoleChoice } from "../ui/RoleChoice.tsx";

type AboutMeProps = {
  readonly name: string;
  readonly role: Role;
  readonly onName: (name: string) => void;
  readonly onRole: (role: Role) => void;
  readonly onBack: () => void;
  readonly onDone: () => void;
};

export const AboutMe = ({ name, role, onName, onRole, onBack, onDone }: AboutMeProps) => {
  const { t } = useTranslation("firstRun");
  const [tried, setTried] = useState(false);
  const empty = name.trim() === "";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!empty) onDone();
  };
  return (
    <form className="form" onSubmit={submit}>
      <PageTitle>{t("me.title")}</PageTitle>
      <Field
        label={t("me.name")}
        help={t("me.nameHelp")}
        value={name}
        onChange={onName}
        plain
        wrong={tried && empty ? t("me.nameEmpty") : undefined}
      />
      <RoleChoice label={t("me.role")} help={t("me.roleHelp")} role={role} onRole={onRole} />
      <div className="row">
        <Button className="btn primary" type="submit">
          {t("next")}
        </Button>
        <Button className="btn quiet" onPress={onBack}>
          {t("back")}
        </Button>
      </div>
    </form>
  );
};
