import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

export const Removable = ({
  address,
  onRemove,
  children = null,
}: {
  readonly address: string;
  readonly onRemove: () => void;
  /** What else can be done with it, and what came of that. */
  readonly children?: ReactNode;
}) => {
  const { t } = useTranslation("settings");
  return (
    <li>
      <span translate="no">{address}</span>
      {children}
      <Button
        className="btn quiet"
        aria-label={t("meeting.remove", { address })}
        onPress={onRemove}
      >
        {t("meeting.removeShort")}
      </Button>
    </li>
  );
};
