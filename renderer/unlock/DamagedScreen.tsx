import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import type { DoorTrouble } from "../../shared/journal/doorCodes.ts";
import { Outside } from "../app/Outside.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { WordsForm } from "./WordsForm.tsx";

type DamagedScreenProps = {
  readonly door: Door;
  readonly code: DoorTrouble;
  readonly onAgain: () => void;
  readonly onOpen: (journal: Journal) => void;
};

/** The recovery words open a vault whose header or keychain secret is gone; one whose slots do not add up, nothing does. */
const wordsHelp: ReadonlySet<DoorTrouble> = new Set([
  "KDF_TOO_WEAK",
  "KDF_TOO_STRONG",
  "KEYCHAIN_LOST",
]);

export const DamagedScreen = ({ door, code, onAgain, onOpen }: DamagedScreenProps) => {
  const { t } = useTranslation("unlock");
  const [withWords, setWithWords] = useState(false);
  return (
    <Outside>
      {withWords ? (
        <WordsForm door={door} onOpen={onOpen} onBack={() => setWithWords(false)} />
      ) : (
        <div className="stack">
          <PageTitle>{t("damaged.title")}</PageTitle>
          <Trouble group="door" code={code} />
          <div className="row">
            <Button className="btn primary" onPress={onAgain}>
              {t("damaged.again")}
            </Button>
            {wordsHelp.has(code) ? (
              <Button className="btn" onPress={() => setWithWords(true)}>
                {t("damaged.words")}
              </Button>
            ) : null}
          </div>
        </div>
      )}
    </Outside>
  );
};
