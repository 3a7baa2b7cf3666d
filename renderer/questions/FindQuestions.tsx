import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel } from "react-aria-components";
import { needs } from "../../shared/page/card.ts";
import { FindField } from "../ui/FindField.tsx";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { DayField } from "../ui/DayField.tsx";
import { type Filters, noFilters } from "./findThreads.ts";
import { Pick } from "./Pick.tsx";

/** What is looked for; kept as long as this place is open, and nowhere else. */
export type Search = { readonly words: string; readonly filters: Filters };

export const noSearch: Search = { words: "", filters: noFilters };

export const isSearching = ({ words, filters }: Search): boolean =>
  words.trim() !== "" || filters !== noFilters;

type FindQuestionsProps = {
  readonly search: Search;
  readonly onChange: (search: Search) => void;
};

/** Looks through questions and answers on this computer only. */
export const FindQuestions = ({ search, onChange }: FindQuestionsProps) => {
  const { t } = useTranslation("ask");
  const field = useRef<HTMLInputElement>(null);
  return (
    <search aria-label={t("find.region")} className="find">
      <FindField
        field={field}
        label={t("find.label")}
        clearLabel={t("find.clear")}
        value={search.words}
        onChange={(words) => onChange({ ...search, words })}
        onClear={isSearching(search) ? () => onChange(noSearch) : undefined}
      />
      <Disclosure className="folded">
        <Button slot="trigger" className="btn quiet fold-do">
          {t("find.narrow")}
        </Button>
        <DisclosurePanel className="folded-panel">
          <FilterFields
            filters={search.filters}
            onChange={(filters) => onChange({ ...search, filters })}
          />
        </DisclosurePanel>
      </Disclosure>
    </search>
  );
};

type FilterFieldsProps = {
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
};

const FilterFields = ({ filters, onChange }: FilterFieldsProps) => {
  const { t } = useTranslation(["ask", "questions"]);
  const { Partner } = usePartnerName();
  const together = filters.state === "open";
  const set = (change: Partial<Filters>) => onChange(settled({ ...filters, ...change }));
  return (
    <div className="filters">
      <Pick
        label={t("find.need")}
        options={[
          { value: "any", label: t("find.anyNeed") },
          ...needs.map((value) => ({ value, label: capital(t(`questions:need.${value}`)) })),
        ]}
        value={filters.need}
        onChange={(need) => set({ need })}
      />
      <Pick
        label={t("find.state")}
        options={(["any", "open", "answered"] as const).map((value) => ({
          value,
          label: t(`find.${value}`),
        }))}
        value={filters.state}
        onChange={(state) => set({ state })}
      />
      <Pick
        label={t("find.who")}
        options={[
          { value: "both", label: t("find.both") },
          { value: "me", label: t("find.me") },
          { value: "partner", label: Partner },
        ]}
        value={together ? "both" : filters.who}
        onChange={(who) => set({ who })}
        disabled={together}
        help={together ? t("find.bothWhenOpen") : undefined}
      />
      <DayField label={t("find.from")} value={filters.from} onChange={(from) => set({ from })} />
      <DayField label={t("find.to")} value={filters.to} onChange={(to) => set({ to })} />
    </div>
  );
};

/** Filters that hold nothing back are none. */
const settled = (filters: Filters): Filters =>
  (Object.keys(noFilters) as (keyof Filters)[]).every((name) => filters[name] === noFilters[name])
    ? noFilters
    : filters;

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
