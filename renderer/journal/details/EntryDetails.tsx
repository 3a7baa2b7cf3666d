import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { type Card, mostFeelings, mostTags } from "../../../shared/page/card.ts";
import type { EntryBook } from "../../../shared/journal/entryBook.ts";
import type { OpenPage } from "../../../shared/journal/openPage.ts";
import { useLive } from "../../ui/useLive.ts";
import { wordsIn } from "../list/filters.ts";
import { AboutField } from "./AboutField.tsx";
import { FeelingChoice } from "./FeelingChoice.tsx";
import { useAboutWords } from "./useAboutWords.ts";
import { useDescription } from "./useDescription.ts";
import { WordsField } from "./WordsField.tsx";

type EntryDetailsProps = { readonly book: EntryBook; readonly page: OpenPage };

/** The day, the tags and the feelings of what is being written; folded away until somebody wants them. */
export const EntryDetails = ({ book, page }: EntryDetailsProps) => {
  const { t } = useTranslation("entries");
  const card = useLive(page.card);
  const [said, describe] = useDescription(page);
  const cards = useLive(book.cards);
  const others = useMemo(() => cards.filter(({ id }) => id !== card.id), [cards, card.id]);
  const tags = useMemo(() => wordsIn(others, (each) => each.tags), [others]);
  const ownFeelings = useMemo(
    () => wordsIn(others, ({ author, feelings }) => (author === "me" ? feelings : [])),
    [others],
  );
  return (
    <Disclosure className="folded details">
      <div className="details-line">
        <Button slot="trigger" className="btn quiet fold-do">
          {t("details.open")}
        </Button>
        <Summary card={{ ...card, ...said }} />
      </div>
      <DisclosurePanel className="folded-panel">
        <AboutField
          writtenAt={card.writtenAt}
          shared={card.place === "shared"}
          aboutAt={said.aboutAt}
          onChange={(aboutAt) => describe({ aboutAt: aboutAt ?? card.writtenAt }, { aboutAt })}
        />
        <WordsField
          label={t("tags.label")}
          help={t("tags.help")}
          chosen={said.tags}
          known={tags}
          most={mostTags}
          onChange={(words) => describe({ tags: words })}
        />
        <FeelingChoice
          chosen={said.feelings}
          known={ownFeelings}
          most={mostFeelings}
          onChange={(feelings) => describe({ feelings })}
        />
      </DisclosurePanel>
    </Disclosure>
  );
};

/** What is set, in one line, so that nobody has to look inside. */
const Summary = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("entries");
  const about = useAboutWords(card);
  const said = [about, ...card.tags, ...card.feelings].filter((word) => word !== undefined);
  if (said.length === 0) return null;
  return (
    <p className="quiet-state details-said">
      <span className="for-readers">{t("details.said")} </span>
      <bdi>{said.join(" · ")}</bdi>
    </p>
  );
};
