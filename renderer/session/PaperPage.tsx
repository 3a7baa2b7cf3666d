import { useTranslation } from "react-i18next";
import type { SavedTexts } from "../../shared/archive/saveHtml.ts";
import type { Card } from "../../shared/page/card.ts";
import { WordsOfPage } from "../ui/editor/WordsOfPage.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useOpenPage } from "../ui/useOpenPage.ts";

type PaperPageProps = {
  readonly card: Card;
  readonly texts: SavedTexts;
  readonly withPhotos: boolean;
};

/** One page as it will stand there. */
export const PaperPage = ({ card, texts, withPhotos }: PaperPageProps) => {
  const { t } = useTranslation("app");
  const opening = useOpenPage(useJournal().openPage, card.id);
  const shown = withPhotos && card.author === "me";
  return (
    <section>
      <h4 dir="auto">{card.title === "" ? texts.untitled : card.title}</h4>
      {texts.marks(card).map((mark) => (
        <p key={mark} className="help">
          {mark}
        </p>
      ))}
      {opening.state === "opening" ? <p className="quiet-state">{t("loading")}</p> : null}
      {opening.state === "refused" ? <Trouble group="page" code={opening.code} /> : null}
      {opening.state === "open" ? (
        <WordsOfPage body={opening.page.body} photos={shown ? opening.page.photos : undefined} />
      ) : null}
    </section>
  );
};
