import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { Day } from "../../shared/page/card.ts";
import { saidOf } from "../../shared/page/said.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

test.each(["before", "after"] as const)(
  "a line that a screen hands over in the moment %s the journal begins to lock is there after unlocking",
  async (when) => {
    const { anna } = await createTwoPartners({ seed: 41 });
    const journal = anna.journal();
    const start = { kind: "checkin", day: "2026-09-21" as Day } as const;
    const page = must(await journal.beginPractice(start));
    const say = () => journal.describePractice(page, { kind: "checkin", need: "An hour alone" });
    const first = when === "before" ? say() : undefined;
    const locking = anna.lock();
    const said = await (first ?? say());
    await locking;
    await anna.open();
    const card = anna
      .journal()
      .cards.read()
      .find(({ id }) => id === page);
    expect([said, saidOf("checkin", card?.said)?.need]).toEqual([
      { ok: true, value: undefined },
      "An hour alone",
    ]);
  },
);
