import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { CreateCode } from "../../shared/journal/journal.ts";
import { NewPassphrase } from "../ui/NewPassphrase.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";

type ChoosePassphraseProps = {
  readonly code: CreateCode | undefined;
  readonly onBack: () => void;
  readonly onChosen: (passphrase: string) => void;
};

export const ChoosePassphrase = ({ code, onBack, onChosen }: ChoosePassphraseProps) => {
  const { t } = useTranslation("firstRun");
  return (
    <NewPassphrase
      action={t("passphrase.create")}
      onChosen={onChosen}
      beside={
        <Button className="btn quiet" onPress={onBack}>
          {t("back")}
        </Button>
      }
    >
      <PageTitle>{t("passphrase.title")}</PageTitle>
      <p>{t("passphrase.lead")}</p>
      {code === undefined ? null : <Trouble group="create" code={code} />}
    </NewPassphrase>
  );
};
