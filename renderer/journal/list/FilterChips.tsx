import { useTranslation } from "react-i18next";
import { Button, Tag, TagGroup, TagList } from "react-aria-components";
import { usePartnerName } from "../../ui/usePartnerName.ts";
import { type Filters, isNarrowed, noFilters } from "./filters.ts";

type FilterChipsProps = {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
  /** Whether the way back to everything stands here; where nothing was found it stands there. */
  readonly clears: boolean;
};

/** What the list is narrowed to, each part with a way to take it away. */
export const FilterChips = ({ filters, onChange, clears }: FilterChipsProps) => {
  const { t } = useTranslation("entries");
  const { Partner } = usePartnerName();
  if (!isNarrowed(filters)) return null;
  const chips = [
    ...(filters.whose === "both"
      ? []
      : [
          {
            id: "whose",
            words: filters.whose === "theirs" ? Partner : t(`filter.${filters.whose}`),
            without: { ...filters, whose: "both" as const },
          },
        ]),
    ...filters.tags.map((tag) => ({
      id: `tag ${tag}`,
      words: tag,
      without: { ...filters, tags: filters.tags.filter((each) => each !== tag) },
    })),
    ...filters.feelings.map((feeling) => ({
      id: `feeling ${feeling}`,
      words: t("filter.felt", { feeling }),
      without: { ...filters, feelings: filters.feelings.filter((each) => each !== feeling) },
    })),
    ...(filters.photos
      ? [{ id: "photos", words: t("filter.photos"), without: { ...filters, photos: false } }]
      : []),
  ];
  const remove = (ids: Set<string | number>) => {
    const chip = chips.find(({ id }) => ids.has(id));
    if (chip !== undefined) onChange(chip.without);
  };
  return (
    <div className="chip-row">
      <TagGroup aria-label={t("filter.chosen")} onRemove={remove}>
        <TagList className="chips" items={chips} dependencies={[filters]}>
          {({ id, words }) => (
            <Tag id={id} textValue={words} className="chip">
              <bdi>{words}</bdi>
              <Button slot="remove" className="chip-remove">
                <span aria-hidden="true">×</span>
              </Button>
            </Tag>
          )}
        </TagList>
      </TagGroup>
      {chips.length < 2 || !clears ? null : (
        <Button className="btn quiet" onPress={() => onChange(noFilters)}>
          {t("filter.clear")}
        </Button>
      )}
    </div>
  );
};
