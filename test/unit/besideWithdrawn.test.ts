import { beforeAll, describe, expect, test } from "vitest";
import { newId, type PageId } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { must } from "../support/twoPartners.ts";
import {
  createBeside,
  given,
  linesOn,
  loseCache,
  withdraw,
  writeLine,
  type Machine,
  type Opened,
} from "./besideKit.ts";

beforeAll(loadSodium);

describe("words that one of my computers withdrew before the partner had them", () => {
  const story = async (seed: number) => {
    const beside = createBeside(seed);
    const { a1, a2, sam, random } = beside;
    const known = { annas: [a1, a2], sams: [sam] };
    const [first, second, sams] = await Promise.all(
      [a1, a2, sam].map((machine) => beside.open(machine, known)),
    );
    if (first === undefined || second === undefined || sams === undefined) throw new Error("three");
    const [stays, goes, after] = [1, 2, 3].map(() => newId<PageId>(random));
    if (stays === undefined || goes === undefined || after === undefined) throw new Error("pages");
    const hand = async (from: Opened, to: Opened, machine: Machine): Promise<void> => {
      must(await to.admit(await given(from, machine), from === sams ? "anybody" : "mine"));
    };
    await writeLine(first, stays, "stays", 1);
    await hand(first, sams, sam);
    await writeLine(first, goes, "goes", 2);
    await hand(first, second, a2);
    await withdraw(second, goes, random);
    return { ...{ beside, known, first, second, sams, stays, goes, after, hand } };
  };

  test("never come to them: what else that computer says does, at once, and after a restart as well", async () => {
    const { beside, known, first, second, sams, stays, goes, after, hand } = await story(3470);
    const { sam } = beside;
    await writeLine(second, after, "after", 3);
    await hand(second, sams, sam);
    expect(await linesOn(sams, after)).toEqual(["after"]);
    await sams.shelf.close();
    const again = await beside.open(sam, known);
    // The first has not heard of it, and hands over what it has.
    await hand(first, again, sam);
    expect(await linesOn(again, goes)).toEqual([]);
    expect(await linesOn(again, stays)).toEqual(["stays"]);
    await writeLine(first, stays, "and on", 4);
    await hand(first, again, sam);
    expect(await linesOn(again, stays)).toEqual(["stays", "and on"]);
    expect([...sams.troubles, ...again.troubles]).toEqual([]);
  });

  test("leave the computer that wrote them able to write on, though its cache is made anew", async () => {
    const { beside, known, first, second, sams, goes, after, hand } = await story(3471);
    const { a1, sam } = beside;
    await hand(second, first, a1);
    expect(await linesOn(first, goes)).toEqual([]);
    await first.shelf.close();
    const anew = await beside.open(a1, known, await loseCache(a1));
    await writeLine(anew, after, "after", 3);
    await hand(anew, second, beside.a2);
    await hand(anew, sams, sam);
    for (const one of [second, sams]) expect(await linesOn(one, after)).toEqual(["after"]);
    expect([...anew.troubles, ...second.troubles, ...sams.troubles]).toEqual([]);
  });
});
