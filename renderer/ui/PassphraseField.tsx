import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ToggleButton } from "react-aria-components";
import { Field } from "./Field.tsx";

type PassphraseFieldProps = {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly wrong?: string | undefined;
  readonly help?: string | undefined;
  readonly autoFocus?: boolean;
};

/** Never offered to a browser's password store: the passphrase is to be known by its person alone. */
export const PassphraseField = ({ label, ...rest }: PassphraseFieldProps) => {
  const { t } = useTranslation("passphrase");
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...rest}
      label={label}
      plain
      type={shown ? "text" : "password"}
      after={
        <ToggleButton
          className="btn quiet"
          isSelected={shown}
          onChange={setShown}
          aria-label={t("showLabel", { field: label })}
        >
          {shown ? t("hide") : t("show")}
        </ToggleButton>
      }
    />
  );
};
