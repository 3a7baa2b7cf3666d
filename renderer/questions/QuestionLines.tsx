import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { PageId } from "../../shared/base/ids.ts";
import { LineList } from "../ui/LineList.tsx";
import { Voice } from "../ui/Voice.tsx";
import type { AskedCard } from "./threads.ts";

/** What one line shows. */
export type Line = {
  readonly id: PageId;
  readonly mine: boolean;
  /** Who, when, and how it stands. */
  readonly words: string;
  readonly title: string;
  readonly excerpt: string;
};

export const lineOf = ({ id, author, title, excerpt }: AskedCard, words: string): Line => ({
  id,
  mine: author === "me",
  words,
  title,
  excerpt,
});

type LinesProps<Item> = {
  readonly items: readonly Item[];
  /** Asked only for the lines that are shown. */
  readonly read: (item: Item) => Line;
};

/** Questions as lines, newest first. */
export const Lines = <Item,>({ items, read }: LinesProps<Item>) => {
  const { t } = useTranslation("questions");
  return (
    <LineList items={items}>
      {(item) => {
        const line = read(item);
        const title = line.title.trim() === "" ? t("thread.untitled") : line.title;
        return <QuestionLine key={line.id} {...line} title={title} />;
      }}
    </LineList>
  );
};

const QuestionLine = memo(({ id, mine, words, title, excerpt }: Line) => (
  <li>
    <Link href={`/questions/${id}`} className="line">
      <Voice who={mine ? "mine" : "theirs"}>{words}</Voice>
      <h3 className="line-title" dir="auto">
        {title}
      </h3>
      {excerpt === "" ? null : (
        <p className="line-words" dir="auto">
          {excerpt}
        </p>
      )}
    </Link>
  </li>
));
