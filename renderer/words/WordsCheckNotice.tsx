import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { StoreCode } from "../../shared/ledger/stores.ts";
import { useJournal } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { useTask } from "../ui/useTask.ts";

/** Some weeks after the words were written down, then about once a year; "not now" is for a month. */
export const WordsCheckNotice = () => {
  const { t } = useTranslation("keys");
  const { wordsCheck } = useJournal();
  const due = useLive(wordsCheck.due);
  const task = useTask<StoreCode>();
  if (!due) return null;
  return (
    <div className="notice" role="status">
      <p>{t("check.notice")}</p>
      <div className="row">
        <Link className="btn" href="/settings/words/check">
          {t("check.go")}
        </Link>
        <Button className="btn quiet" onPress={() => task.run(wordsCheck.later)}>
          {t("check.later")}
        </Button>
      </div>
    </div>
  );
};
