import * as Y from "yjs";
import type { PageId } from "../../base/ids.ts";
import { createCell, type Live } from "../../base/live.ts";
import { createQueue } from "../../base/queue.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { Day } from "../../page/card.ts";
import type { CameAt } from "../../page/hands.ts";
import { newPageDoc } from "../../page/pageDoc.ts";
import type { Shelf, ShelfCode } from "../../page/shelf.ts";

/**
 * What this reader has done with the pages they were sent: opened, put off, let in. Lives among the drafts, is
 * never carried and holds no time of opening: nobody learns of it, and nobody learns when. What the disk refuses
 * holds here until the next start, and goes to the disk together with the next act.
 */
export type Marks = {
  readonly opened: Live<ReadonlySet<PageId>>;
  readonly open: (page: PageId) => Promise<Result<void, ShelfCode>>;
  /** "session", or the day for which "not today" was said. */
  readonly putOff: Live<ReadonlyMap<PageId, Day | "session">>;
  readonly setPutOff: (
    page: PageId,
    to: Day | "session" | undefined,
  ) => Promise<Result<void, ShelfCode>>;
  /** The day for which "enough for today" was said. */
  readonly enough: Live<Day | undefined>;
  readonly setEnough: (day: Day | undefined) => Promise<Result<void, ShelfCode>>;
  /** What has come past quiet hours and the like: a page, or "page:2" for its second asking again. */
  readonly letIn: Live<ReadonlySet<string>>;
  readonly addLetIn: (names: readonly string[]) => Promise<Result<void, ShelfCode>>;
  /** Of a hand signal or a note that claims to be from later than now: when it came, so that it is over in time. */
  readonly came: Live<CameAt>;
  readonly keepCame: (came: CameAt) => Promise<Result<void, ShelfCode>>;
};

export const openMarks = async (
  shelf: Shelf,
  page: PageId,
  random: Random,
): Promise<Result<Marks, ShelfCode | "CACHE_DAMAGED">> => {
  const record = await shelf.pages.read(page);
  if (!record.ok && record.code !== "NO_PAGE") return refuse(record.code);
  const doc = newPageDoc(random);
  if (record.ok) Y.applyUpdate(doc, record.value.state);
  const opened = doc.getMap<boolean>("opened");
  const putOff = doc.getMap<Day | "session">("putOff");
  const enough = doc.getMap<Day>("enough");
  const letIn = doc.getMap<boolean>("letIn");
  const came = doc.getMap<number>("came");
  let begun = record.ok;
  const readPutOff = (): ReadonlyMap<PageId, Day | "session"> =>
    new Map([...putOff.entries()].map(([closed, to]) => [closed as PageId, to]));
  const readCame = (): CameAt =>
    new Map([...came.entries()].map(([hand, at]) => [hand as PageId, at]));

  const cells = {
    opened: createCell(new Set([...opened.keys()] as PageId[]) as ReadonlySet<PageId>),
    putOff: createCell(readPutOff()),
    enough: createCell(enough.get("day")),
    letIn: createCell(new Set(letIn.keys()) as ReadonlySet<string>),
    came: createCell(readCame()),
  };
  const queue = createQueue();
  /** In order. Danger: leaving one out would make every later one unreadable after the next start. */
  const unsaved: Uint8Array[] = [];
  const save = (): Promise<Result<void, ShelfCode>> =>
    queue(async () => {
      for (let next = unsaved[0]; next !== undefined; next = unsaved[0]) {
        const written = await shelf.write(page, begun ? "change" : "begin", next);
        if (!written.ok) return written;
        begun = true;
        unsaved.shift();
      }
      return accept(undefined);
    });
  const mark = (change: () => void, show: () => void): Promise<Result<void, ShelfCode>> => {
    const before = Y.encodeStateVector(doc);
    doc.transact(change);
    unsaved.push(Y.encodeStateAsUpdate(doc, before));
    show();
    return save();
  };

  return accept({
    opened: cells.opened,
    open: async (closed) =>
      opened.has(closed)
        ? save()
        : mark(
            () => opened.set(closed, true),
            () => cells.opened.set(new Set([...opened.keys()] as PageId[])),
          ),
    putOff: cells.putOff,
    setPutOff: async (closed, to) =>
      putOff.get(closed) === to
        ? save()
        : mark(
            () => void (to === undefined ? putOff.delete(closed) : putOff.set(closed, to)),
            () => cells.putOff.set(readPutOff()),
          ),
    enough: cells.enough,
    setEnough: async (day) =>
      enough.get("day") === day
        ? save()
        : mark(
            () => void (day === undefined ? enough.delete("day") : enough.set("day", day)),
            () => cells.enough.set(day),
          ),
    letIn: cells.letIn,
    addLetIn: async (names) => {
      const fresh = [...new Set(names)].filter((name) => !letIn.has(name));
      if (fresh.length === 0) return save();
      let saved = save();
      for (let from = 0; from < fresh.length; from += namesAtOnce) {
        const some = fresh.slice(from, from + namesAtOnce);
        const last = from + namesAtOnce >= fresh.length;
        saved = mark(
          () => some.forEach((name) => void letIn.set(name, true)),
          () => void (last && cells.letIn.set(new Set(letIn.keys()))),
        );
      }
      return saved;
    },
    came: cells.came,
    keepCame: async (next) =>
      mark(
        () => {
          for (const hand of [...came.keys()]) if (!next.has(hand as PageId)) came.delete(hand);
          for (const [hand, at] of next) if (came.get(hand) !== at) came.set(hand, at);
        },
        () => cells.came.set(new Map(next)),
      ),
  });
};

/** Far below what one update may hold (PROTOCOL §7). */
const namesAtOnce = 5_000;
