import { useTranslation } from "react-i18next";
import { useJournal } from "../ui/surroundings.ts";
import { BringInLink } from "../moving/BringInLink.tsx";
import { SaveList } from "../saving/SaveList.tsx";
import { EntryList } from "./list/EntryList.tsx";

export const JournalList = () => {
  const { t } = useTranslation("journal");
  const { entries } = useJournal();
  return (
    <EntryList
      book={entries}
      base="/journal"
      ways={
        <>
          <BringInLink base="/journal" />
          <SaveList book={entries} />
        </>
      }
      texts={{
        title: t("title"),
        write: t("write"),
        empty: { title: t("empty.title"), text: t("empty.text"), first: t("empty.first") },
      }}
    />
  );
};
