import { useTranslation } from "react-i18next";
import type entries from "../../i18n/en/entries.json";

type GroupName = keyof typeof entries.feelings.groups;
type FeelingGroup = { readonly name: GroupName; readonly words: readonly string[] };

/** By their names' order in English, which says nothing of better and worse. */
const names: readonly GroupName[] = ["heavy", "between", "open", "quiet", "stirred"];

export const useFeelingWords = (): readonly FeelingGroup[] => {
  const { t } = useTranslation("entries");
  return names.map((name) => ({
    name,
    words: t(`feelings.words.${name}`, { returnObjects: true }) as readonly string[],
  }));
};
