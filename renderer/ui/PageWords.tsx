import { useTranslation } from "react-i18next";
import type { PageId } from "../../shared/base/ids.ts";
import { WordsOfPage } from "./editor/WordsOfPage.tsx";
import { Trouble } from "./Trouble.tsx";
import { useJournal } from "./surroundings.ts";
import { useOpenPage } from "./useOpenPage.ts";

/** The words of a page that is only read here; it stays open as long as they are shown. */
export const PageWords = ({ id }: { readonly id: PageId }) => {
  const { t } = useTranslation();
  const opening = useOpenPage(useJournal().openPage, id);
  if (opening.state === "opening") return <p className="quiet-state">{t("loading")}</p>;
  if (opening.state === "refused") return <Trouble group="page" code={opening.code} />;
  return <WordsOfPage body={opening.page.body} photos={opening.page.photos} />;
};
