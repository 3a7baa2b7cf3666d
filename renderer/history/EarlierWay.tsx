import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import type { PageId } from "../../shared/base/ids.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { useLive } from "../ui/useLive.ts";
import { EarlierVersions } from "./EarlierVersions.tsx";
import { useHasBefore } from "./useHasBefore.ts";

type EarlierWayProps = { readonly book: EntryBook; readonly id: PageId };

/** From an entry of mine to how its words stood before. */
export const EarlierWay = ({ book, id }: EarlierWayProps) => {
  const { t } = useTranslation("history");
  const card = useLive(book.cards).find((each) => each.id === id);
  const [shown, setShown] = useState(false);
  const empty = card === undefined || (card.title === "" && card.excerpt === "" && !card.hasPhotos);
  const has = useHasBefore(book.openHistory, id, empty);
  if (card === undefined || !has) return null;
  const close = () => setShown(false);
  return (
    <>
      <Button className="btn quiet" onPress={() => setShown(true)}>
        {t("way")}
      </Button>
      <Sheet title={t("title")} open={shown} onClose={close}>
        <EarlierVersions book={book} card={card} />
        <div className="row">
          <Button className="btn" onPress={close}>
            {t("close")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};
