import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { Door, Journal } from "../../shared/journal/journal.ts";
import type { DoorTrouble } from "../../shared/journal/doorCodes.ts";
import { Outside } from "../app/Outside.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { Neither } from "./Neither.tsx";
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

/** These may be over when one looks again, so that nobody is led to begin anew by them. */
const mayPass: ReadonlySet<DoorTrouble> = new Set([
  "DISK_FAILED",
  "NOT_LOADED",
  "KEYCHAIN_REFUSED",
  "BAD_SUITE",
]);

export const DamagedScreen = ({ door, code, onAgain, onOpen }: DamagedScreenProps) => {
  const { t } = useTranslation("unlock");
  const [at, setAt] = useState<"said" | "words" | "forgotten" | "damaged">("said");
  return (
    <Outside>
      {at === "words" ? (
        <WordsForm
          door={door}
          onOpen={onOpen}
          onBack={() => setAt("said")}
          onNeither={() => setAt("forgotten")}
        />
      ) : at === "forgotten" || at === "damaged" ? (
        <Neither door={door} from={at} onAside={onAgain} onBack={() => setAt("said")} />
      ) : (
        <div className="stack">
          <PageTitle>{t("damaged.title")}</PageTitle>
          <Trouble group="door" code={code} />
          <div className="row">
            <Button className="btn primary" onPress={onAgain}>
              {t("damaged.again")}
            </Button>
            {wordsHelp.has(code) ? (
              <Button className="btn" onPress={() => setAt("words")}>
                {t("damaged.words")}
              </Button>
            ) : null}
            {mayPass.has(code) ? null : (
              <Button className="btn quiet" onPress={() => setAt("damaged")}>
                {t("damaged.neither")}
              </Button>
            )}
          </div>
        </div>
      )}
    </Outside>
  );
};
