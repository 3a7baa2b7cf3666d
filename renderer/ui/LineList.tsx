import { type ReactElement, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

/** How many lines stand there at first, and how many come with each press. */
const atOnce = 40;

type LineListProps<Item> = {
  readonly items: readonly Item[];
  /** An `li` with a key and a link; asked only for the lines that are shown. */
  readonly children: (item: Item) => ReactElement;
};

/** Lines, newest first; earlier ones come when they are asked for, so that years of them open at once. */
export const LineList = <Item,>({ items, children }: LineListProps<Item>) => {
  const { t } = useTranslation();
  const [shown, setShown] = useState(atOnce);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (shown === atOnce) return;
    const first = list.current?.children[shown - atOnce];
    first?.querySelector<HTMLElement>("a")?.focus();
  }, [shown]);
  return (
    <>
      <ul className="lines" ref={list}>
        {items.slice(0, shown).map(children)}
      </ul>
      {items.length <= shown ? null : (
        <Button className="btn quiet earlier" onPress={() => setShown(shown + atOnce)}>
          {t("earlier")}
        </Button>
      )}
    </>
  );
};
