import { useTranslation } from "react-i18next";
import { type Role, roles } from "../../shared/journal/journal.ts";
import { Choice } from "./Choice.tsx";

type RoleChoiceProps = {
  readonly label: string;
  readonly help: string;
  readonly role: Role;
  readonly onRole: (role: Role) => void;
};

/** Private, changeable at any time, never shown to the partner. "Neither fits" is as good an answer as any. */
export const RoleChoice = ({ label, help, role, onRole }: RoleChoiceProps) => {
  const { t } = useTranslation("firstRun");
  return (
    <Choice
      label={label}
      help={help}
      options={roles.map((value) => ({ value, label: t(`me.roles.${value}`) }))}
      value={role}
      onChange={onRole}
    />
  );
};
