import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { DeviceId, PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { watchCards } from "../../shared/journal/pages/cardsView.ts";
import { keepSorted } from "../../shared/journal/pages/keepSorted.ts";
import type { PutOff } from "../../shared/page/card.ts";
import { changesBetween, type PageFacts } from "../../shared/page/facts.ts";
import { createManualClock } from "../support/manualClock.ts";

const partner = "partner" as DeviceId;

/** A page of this number, as it is known at this moment: another object each time. */
const factsOf = (page: number, writtenAt: number, owner: DeviceId = "me" as DeviceId): PageFacts =>
  ({
    id: `${page}` as PageId,
    owner,
    kind: owner === partner ? "letter" : "entry",
    writtenAt,
    whole: true,
    asks: [],
    days: [],
    tags: [],
    feelings: [],
    chunks: [],
  }) as unknown as PageFacts;

type Step = { readonly act: "set" | "delete"; readonly page: number; readonly at: number };

const steps = fc.array(
  fc.record<Step>({
    act: fc.constantFrom("set", "set", "set", "delete"),
    page: fc.nat(12),
    at: fc.nat(30),
  }),
  { maxLength: 40 },
);

const after = (
  pages: ReadonlyMap<PageId, PageFacts>,
  { act, page, at }: Step,
  owner?: DeviceId,
): ReadonlyMap<PageId, PageFacts> => {
  const next = new Map(pages);
  if (act === "delete") next.delete(`${page}` as PageId);
  else next.set(`${page}` as PageId, factsOf(page, at, owner));
  return next;
};

test("what changed between two looks at a shelf is found, whatever its order has become", () => {
  fc.assert(
    fc.property(steps, steps, (first, then) => {
      const before = first.reduce<ReadonlyMap<PageId, PageFacts>>(
        (all, step) => after(all, step),
        new Map(),
      );
      const now = then.reduce<ReadonlyMap<PageId, PageFacts>>(
        (all, step) => after(all, step),
        before,
      );
      const { changed, gone } = changesBetween(before, now);
      expect(changed.map(({ id }) => id).toSorted()).toEqual(
        [...now.values()]
          .filter((facts) => before.get(facts.id) !== facts)
          .map(({ id }) => id)
          .toSorted(),
      );
      expect(changed.every((facts) => now.get(facts.id) === facts)).toBe(true);
      expect([...gone].toSorted()).toEqual(
        [...before.keys()].filter((id) => !now.has(id)).toSorted(),
      );
    }),
  );
});

test("a list that is kept in order is the one that sorting everything gives", () => {
  const anyLists = fc.array(fc.uniqueArray(fc.nat(40), { maxLength: 20 }), { maxLength: 12 });
  fc.assert(
    fc.property(anyLists, (lists) => {
      const items = Array.from({ length: 41 }, (_, value) => ({ value }));
      const keep = keepSorted<{ value: number }>(
        ({ value }) => value % 5 !== 0,
        (one, other) => (one.value % 7) - (other.value % 7) || one.value - other.value,
      );
      for (const list of lists) {
        const given = list.flatMap((value) => items[value] ?? []);
        expect(keep(given)).toEqual(
          given
            .filter(({ value }) => value % 5 !== 0)
            .toSorted(
              (one, other) => (one.value % 7) - (other.value % 7) || one.value - other.value,
            ),
        );
      }
    }),
  );
});

const anyTurns = fc.array(
  fc.record({
    step: steps.map(([step]): Step | undefined => step),
    shared: fc.boolean(),
    open: fc.option(fc.nat(12), { nil: undefined }),
    passed: fc.nat(8),
  }),
  { maxLength: 30 },
);

test("a list of cards that follows each change is the one that a fresh look gives", () => {
  fc.assert(
    fc.property(anyTurns, (turns) => {
      const clock = createManualClock(0);
      const drafts = createCell<ReadonlyMap<PageId, PageFacts>>(new Map());
      const shared = createCell<ReadonlyMap<PageId, PageFacts>>(new Map());
      const opened = createCell<ReadonlySet<PageId>>(new Set());
      const putOff = createCell<ReadonlyMap<PageId, PutOff>>(new Map());
      const watch = () =>
        watchCards({
          sources: [
            { facts: drafts, place: "draft", except: ["12" as PageId] },
            { facts: shared, place: "shared" },
          ],
          isPartner: (device) => device === partner,
          ...{ opened, putOff, clock },
        });
      const following = watch();
      for (const { step, shared: isShared, open, passed } of turns) {
        clock.advance(passed);
        // Ids of the two shelves never meet.
        const moved = step && { ...step, page: isShared ? step.page + 100 : step.page };
        const source = isShared ? shared : drafts;
        if (moved !== undefined)
          source.set(after(source.read(), moved, isShared ? partner : undefined));
        if (open !== undefined) opened.set(new Set([...opened.read(), `${open + 100}` as PageId]));
        const fresh = watch();
        // The clock alone moves nothing: what is from the future finds its place with the next change.
        const inOrder = moved !== undefined;
        expect(inOrder && following.read()).toEqual(inOrder && fresh.read());
        expect(
          following
            .read()
            .map(({ id, opened: isOpen }) => `${id} ${isOpen}`)
            .toSorted(),
        ).toEqual(
          fresh
            .read()
            .map(({ id, opened: isOpen }) => `${id} ${isOpen}`)
            .toSorted(),
        );
        fresh.stop();
      }
      following.stop();
    }),
  );
});
