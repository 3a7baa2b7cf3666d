import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

export const Removable = ({
  address,
  onRemove,
}: {
  readonly address: string;
  readonly onRemove: () => void;
}) => {
  const { t } = useTranslation("settings");
  return (
    <li>
      <span translate="no">{address}</span>
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
