import { useTranslation } from "react-i18next";
import type { Taken } from "./takeFiles.ts";

/** What came of the files, in sentences; those that were refused are told apart. */
export const useTakenWords = (): ((taken: Taken) => readonly string[]) => {
  const { t } = useTranslation("capsule");
  return ({ whole, brought, refused, stopped, unread }) => {
    const rest = refused.length > 0;
    const came = brought ? "brought" : "known";
    return [
      ...(whole > 0 ? [rest ? t(`take.${came}Rest`) : t(`take.${came}`, { count: whole })] : []),
      ...(whole === 0 && refused.length > 1 && !unread ? [t("take.none")] : []),
      ...(stopped ? [t("take.stopped")] : []),
      ...(unread ? [t("take.unread")] : []),
    ];
  };
};
