import type * as Y from "yjs";
import { createCell } from "../../shared/base/live.ts";
import { accept, refuse } from "../../shared/base/result.ts";
import { openHistory, type HistoryShelf } from "../../shared/journal/pages/history.ts";
import type { History } from "../../shared/journal/openPage.ts";
import type { PageMessage } from "../../shared/page/applyApart.ts";
import { replaceWords } from "../../shared/page/edition.ts";
import type { PageDoc } from "../../shared/page/pageDoc.ts";
import { plainWords } from "../../shared/page/words.ts";
import { must } from "../support/twoPartners.ts";
import { anna, by, digest, page } from "./guardPages.ts";
import {
  addLines,
  asAnswer,
  changeOf,
  idOf,
  openState,
  random,
  stateOf,
  writePage,
} from "./pageKit.ts";

/** A ledger that gives what it was told, and pages that have digested it. */
export const shelfOf = (messages: readonly PageMessage[]): HistoryShelf => {
  const { record, facts } = digest(undefined, ...messages);
  return {
    pages: {
      facts: createCell(new Map(facts === undefined ? [] : [[page, facts]])),
      read: async () => (record === undefined ? refuse("NO_PAGE") : accept(record)),
    },
    messagesOf: async (ofPage) =>
      accept(
        messages.filter(
          (one) =>
            ofPage === page && one.notebook === facts?.notebook && one.device === facts.owner,
        ),
      ),
  };
};

export const historyOf = async (messages: readonly PageMessage[]): Promise<History> =>
  must(await openHistory(shelfOf(messages), { page, rules: "shared" }, random));

export const wordsOf = ({ versions }: History): readonly string[] =>
  versions.map(({ body }) => plainWords(body as unknown as Y.XmlFragment, 10_000));

/** Writes on a page as its owner does, and remembers what was said. */
export const writer = (doc: PageDoc = writePage({ kind: "entry" }, "", "one"), begunAt = 0) => {
  const said: PageMessage[] = [by(anna, "begin", stateOf(doc), begunAt)];
  const change = (time: number, how: () => void, doubtful = false): void => {
    said.push({ ...by(anna, "change", changeOf(doc, how), time), doubtful });
  };
  return {
    doc,
    said,
    change,
    add: (time: number, line: string, doubtful = false) =>
      change(time, () => addLines(doc, line), doubtful),
    edit: (time: number, id: number, ...lines: string[]) => {
      const draft = writePage(asAnswer, "", ...lines);
      const now = digest(undefined, ...said).record?.state ?? new Uint8Array();
      for (const piece of replaceWords({ shared: openState(now), draft, id: idOf(id) }))
        said.push(by(anna, "change", piece, time));
    },
  };
};
