import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { EntryList } from "../journal/list/EntryList.tsx";
import { BringInLink } from "../moving/BringInLink.tsx";
import { SaveList } from "../saving/SaveList.tsx";

export const RoomList = ({ book }: { readonly book: EntryBook }) => {
  const { t } = useTranslation("room");
  return (
    <EntryList
      book={book}
      base="/room"
      ways={
        <>
          <BringInLink base="/room" />
          <SaveList book={book} />
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
