import { useTranslation } from "react-i18next";
import type { Card } from "../../../shared/page/card.ts";
import { useAboutWords } from "./useAboutWords.ts";

/** What stands with the words: the day they are about, tags, and how it felt. The same for writer and reader. */
export const EntryMarks = ({ card }: { readonly card: Card }) => {
  const { t } = useTranslation("entries");
  const who = card.author === "me" ? "mine" : "theirs";
  const groups = [
    { label: t("marks.tags"), words: card.tags },
    { label: t("marks.feelings"), words: card.feelings },
  ].filter(({ words }) => words.length > 0);
  if (groups.length === 0) return null;
  return (
    <dl className="marks">
      {groups.map(({ label, words }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <ul className="tags">
              {words.map((word) => (
                <li key={word} className={`tag ${who}`} dir="auto">
                  {word}
                </li>
              ))}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
};

/** "about 3 March, written 20 November"; nothing where it is about the day it was written. */
export const AboutLine = ({ card }: { readonly card: Card }) => {
  const words = useAboutWords(card);
  return words === undefined ? null : <p className="quiet-state">{words}</p>;
};
