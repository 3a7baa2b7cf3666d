import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { EntryBook } from "../../../shared/journal/entryBook.ts";
import type { Card } from "../../../shared/page/card.ts";
import { Pick } from "../../questions/Pick.tsx";
import { Toggle } from "../../ui/Toggle.tsx";
import { usePartnerName } from "../../ui/usePartnerName.ts";
import { asHeard, type Filters, whoseValues, wordsIn } from "./filters.ts";

type FilterFieldsProps = {
  readonly place: EntryBook["place"];
  readonly cards: readonly Card[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
};

/** What can be chosen is what the cards of this book hold; nothing says how often. */
export const FilterFields = ({ place, cards, filters, onChange }: FilterFieldsProps) => {
  const { t } = useTranslation("entries");
  const { Partner } = usePartnerName();
  const tags = useMemo(() => inOrder(wordsIn(cards, (card) => card.tags)), [cards]);
  const feelings = useMemo(() => inOrder(wordsIn(cards, (card) => card.feelings)), [cards]);
  return (
    <div className="filters entry-filters">
      {place === "room" ? null : (
        <Pick
          label={t("filter.whose")}
          options={whoseValues.map((value) => ({
            value,
            label: value === "theirs" ? Partner : t(`filter.${value}`),
          }))}
          value={filters.whose}
          onChange={(whose) => onChange({ ...filters, whose })}
        />
      )}
      <AddWord
        label={t("filter.tag")}
        words={tags}
        chosen={filters.tags}
        onAdd={(tag) => onChange({ ...filters, tags: [...filters.tags, tag] })}
      />
      <AddWord
        label={t("filter.feeling")}
        words={feelings}
        chosen={filters.feelings}
        onAdd={(feeling) => onChange({ ...filters, feelings: [...filters.feelings, feeling] })}
      />
      {cards.some(({ hasPhotos }) => hasPhotos) || filters.photos ? (
        <Toggle
          label={t("filter.photos")}
          on={filters.photos}
          onChange={(photos) => onChange({ ...filters, photos })}
        />
      ) : null}
    </div>
  );
};

type AddWordProps = {
  readonly label: string;
  readonly words: readonly string[];
  readonly chosen: readonly string[];
  readonly onAdd: (word: string) => void;
};

/** Choosing a word adds it; it is then among the chips, and no longer here. */
const AddWord = ({ label, words, chosen, onAdd }: AddWordProps) => {
  const { t } = useTranslation("entries");
  const heard = new Set(chosen.map(asHeard));
  const left = words.filter((word) => !heard.has(asHeard(word)));
  if (words.length === 0) return null;
  return (
    <Pick
      label={label}
      options={[
        { value: "", label: chosen.length === 0 ? t("filter.any") : t("filter.another") },
        ...left.map((word) => ({ value: word, label: word })),
      ]}
      value=""
      disabled={left.length === 0}
      onChange={(word) => (word === "" ? undefined : onAdd(word))}
    />
  );
};

const inOrder = (words: readonly string[]): readonly string[] =>
  words.toSorted((one, other) => one.localeCompare(other));
