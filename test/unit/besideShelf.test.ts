import { beforeAll, describe, expect, test } from "vitest";
import { newId, type MessageId, type PageId } from "../../shared/base/ids.ts";
import { utf8 } from "../../shared/base/bytes.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeAck } from "../../shared/envelope/ack.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import { codeOf } from "./envelopeKit.ts";
import {
  createBeside,
  given,
  linesOn,
  loseCache,
  sayHeads,
  writeLine,
  type Beside,
  type Known,
  type Machine,
  type Opened,
} from "./besideKit.ts";
import { must } from "../support/twoPartners.ts";

beforeAll(loadSodium);

/** Everybody knows of everybody. */
const allThree = async (seed: number) => {
  const house = createBeside(seed);
  const { a1, a2, sam, open } = house;
  const known: Known = { annas: [a1, a2], sams: [sam] };
  const page = newId<PageId>(house.random);
  return {
    ...house,
    ...{ known, page },
    first: await open(a1, known),
    second: await open(a2, known),
    his: await open(sam, known),
  };
};

/**
 * Sam has not heard of Anna's second computer yet, which has come to the first when there were a line of hers and one
 * of Sam's.
 */
const joining = async (seed: number) => {
  const house = createBeside(seed);
  const { a1, a2, sam, open } = house;
  const before: Known = { annas: [a1], sams: [sam] };
  const [hers, his] = [newId<PageId>(house.random), newId<PageId>(house.random)];
  const alone = await open(a1, before);
  const partner = await open(sam, before);
  await writeLine(alone, hers, "hers", 1);
  await writeLine(partner, his, "his", 2);
  must(await alone.admit(await given(partner, a1)));
  await sayHeads(alone);
  must(await partner.admit(await given(alone, sam)));
  const vouched = alone.shelf.ledger.heads();
  await alone.shelf.close();
  const known: Known = { annas: [a1, a2], sams: [sam] };
  const joined: Known = { ...known, vouched };
  return {
    ...house,
    ...{ hers, his, known, joined, partner },
    first: await open(a1, known),
    second: await open(a2, joined),
  };
};

const hand = async (from: Opened, machine: Pick<Machine, "device">, to: Opened): Promise<void> => {
  const isHers = from.shelf.chains.people.me === to.shelf.chains.people.me;
  must(await to.admit(await given(from, machine), isHers ? "mine" : "anybody"));
};

const reopen = async (
  { open }: Beside,
  machine: Machine,
  known: Known,
  opened: Opened,
  how: "restart" | "rebuild",
): Promise<Opened> => {
  await opened.shelf.close();
  return how === "restart" ? open(machine, known) : open(machine, known, await loseCache(machine));
};

describe("two computers of Anna's and one of Sam's", () => {
  test("each says what the others read, and nobody says it in another's notebook", async () => {
    const of = await allThree(1);
    const [one, two, three] = [1, 2, 3].map(() => newId<PageId>(of.random));
    if (one === undefined || two === undefined || three === undefined) throw new Error("no ids");
    await writeLine(of.first, one, "from the first", 1);
    await writeLine(of.second, two, "from the second", 2);
    await writeLine(of.his, three, "from Sam", 3);
    // Sam's and the second never meet: the first hands on what it holds.
    await hand(of.second, of.a1, of.first);
    await hand(of.his, of.a1, of.first);
    await hand(of.first, of.a2, of.second);
    await hand(of.first, of.sam, of.his);
    for (const opened of [of.first, of.second, of.his]) {
      expect(await linesOn(opened, one)).toEqual(["from the first"]);
      expect(await linesOn(opened, two)).toEqual(["from the second"]);
      expect(await linesOn(opened, three)).toEqual(["from Sam"]);
      expect(opened.troubles).toEqual([]);
      const owners = [one, two, three].map((page) => opened.shelf.pages.facts.read().get(page));
      expect(owners.map((facts) => facts?.owner)).toEqual([
        of.a1.device,
        of.a1.device,
        of.sam.device,
      ]);
      expect(owners.map((facts) => facts?.cameBack)).toEqual([false, false, false]);
    }
    const [intoSams] = [of.sam, of.a1].map((reader) =>
      of.forge({
        author: of.a2.device,
        notebook: of.notebooks.sams,
        body: utf8("not hers to say"),
        readers: [reader],
        secret: of.a2.keys.x25519,
      }),
    );
    if (intoSams === undefined) throw new Error("not forged");
    const outcomes = must(await of.his.shelf.ledger.receive([intoSams]));
    expect(outcomes.map(codeOf)).toEqual(["NOT_ALLOWED"]);
  });

  test("both may go on in one page, at the same time too, and all read the same words and the same history", async () => {
    const of = await allThree(2);
    await writeLine(of.first, of.page, "one", 1);
    await hand(of.first, of.a2, of.second);
    await writeLine(of.second, of.page, "two", 2);
    await hand(of.second, of.a1, of.first);
    await writeLine(of.first, of.page, "three", 3);
    await writeLine(of.second, of.page, "four", 4);
    await hand(of.first, of.a2, of.second);
    await hand(of.second, of.a1, of.first);
    await hand(of.second, of.sam, of.his);
    const lines = await linesOn(of.his, of.page);
    expect(lines.slice(0, 2)).toEqual(["one", "two"]);
    expect(lines.toSorted()).toEqual(["four", "one", "three", "two"]);
    const history = must(await of.his.shelf.messagesOf(of.page));
    expect(history).toHaveLength(4);
    let { first, second, his } = of;
    for (const how of ["restart", "rebuild"] as const) {
      for (const opened of [first, second, his]) {
        expect(await linesOn(opened, of.page)).toEqual(lines);
        expect(must(await opened.shelf.messagesOf(of.page)).map(({ body }) => body)).toEqual(
          history.map(({ body }) => body),
        );
        expect(opened.troubles).toEqual([]);
      }
      first = await reopen(of, of.a1, of.known, first, how);
      second = await reopen(of, of.a2, of.known, second, how);
      his = await reopen(of, of.sam, of.known, his, how);
    }
  });

  test("a partner who was changed has no tag for the one in the other's name", async () => {
    const of = await allThree(3);
    const asFirst = {
      author: of.a1.device,
      notebook: of.notebooks.annas,
      page: of.page,
      body: utf8("not hers"),
      readers: [of.a2],
    };
    const tagged = of.forge({ ...asFirst, secret: of.sam.keys.x25519 });
    const untagged = of.forge({ ...asFirst, readers: [of.sam], secret: of.sam.keys.x25519 });
    const outcomes = must(await of.second.shelf.ledger.receive([tagged, untagged]));
    expect(outcomes.map(codeOf)).toEqual(["BAD_TAG", "UNVOUCHED"]);
    expect(of.second.shelf.ledger.heads()).toEqual([]);
  });

  test("words that somebody laid on a disk in the other's name are not mine there", async () => {
    const of = await allThree(4);
    const laid = of.forge({
      author: of.a1.device,
      notebook: of.notebooks.annas,
      page: of.page,
      body: utf8("not hers"),
      readers: [of.sam],
      secret: of.sam.keys.x25519,
    });
    await writeLine(of.first, newId(of.random), "hers", 1);
    await sayHeads(of.first);
    await hand(of.first, of.a2, of.second);
    await of.second.shelf.close();
    const stores = of.a2.disk.start().carried;
    const volume = must(await stores.volumes.open(1));
    const [key] = volume.keys();
    if (key === undefined) throw new Error("nothing there");
    must(await volume.remove([...volume.keys()]));
    must(await volume.put([{ key, envelope: laid, own: new Uint8Array(32) }]));
    await volume.close();
    const anew = await of.open(of.a2, of.known, await loseCache(of.a2));
    expect(anew.shelf.pages.facts.read().size).toBe(0);
    expect(anew.troubles).toContain("NO_TAG");
  });
});

describe("what Sam writes before his app knows of the second computer", () => {
  test("waits there until the first has it and says so, and then stands, also after a restart and made anew", async () => {
    const of = await joining(10);
    await hand(of.first, of.a2, of.second);
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
    await writeLine(of.partner, of.his, "later", 5);
    const untagged = await given(of.partner, of.a2);
    must(await of.second.admit(untagged));
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
    expect(of.second.troubles).toEqual([]);
    // Its ack says what it has seen of Sam's, and so it waits itself for what it vouches for.
    must(await of.first.admit(await given(of.partner, of.a1)));
    await sayHeads(of.first);
    must(await of.second.admit((await given(of.first, of.a2)).slice(-1), "mine"));
    let second = of.second;
    for (const how of ["restart", "rebuild"] as const) {
      expect(await linesOn(second, of.his)).toEqual(["his", "later"]);
      expect(second.shelf.pages.facts.read().get(of.his)?.cameBack).toBe(false);
      expect(second.troubles).toEqual([]);
      second = await reopen(of, of.a2, of.joined, second, how);
    }
    expect(await linesOn(second, of.his)).toEqual(["his", "later"]);
    expect(second.troubles).toEqual([]);
  });

  test("counts by the newest that the first has said, right after a restart", async () => {
    const of = await joining(11);
    await writeLine(of.partner, of.his, "later", 5);
    must(await of.first.admit(await given(of.partner, of.a1)));
    await sayHeads(of.first);
    // All but what it vouches for.
    const fromFirst = await given(of.first, of.a2);
    const sams = of.first.shelf.ledger.linesOf(of.notebooks.sams.id, of.sam.device);
    const newest = sams.at(-1);
    if (newest === undefined) throw new Error("nothing of Sam's");
    const late = must(await of.first.shelf.ledger.envelopeOf(newest));
    must(await of.second.admit(fromFirst, "mine"));
    expect(await linesOn(of.second, of.his)).toEqual(["his", "later"]);
    await writeLine(of.partner, of.his, "last", 6);
    const second = await reopen(of, of.a2, of.joined, of.second, "restart");
    const last = (await given(of.partner, of.a2)).slice(-1);
    expect(must(await second.shelf.ledger.receive([late, ...last])).map(codeOf)).toEqual([
      "DUP",
      "UNVOUCHED",
    ]);
  });

  test("what the first wrote before comes without a tag, is hers, and did not come back from anybody", async () => {
    const of = await joining(12);
    await hand(of.first, of.a2, of.second);
    for (const how of ["restart", "rebuild"] as const) {
      const second = await reopen(of, of.a2, of.joined, of.second, how);
      expect(await linesOn(second, of.hers)).toEqual(["hers"]);
      expect(second.shelf.pages.facts.read().get(of.hers)).toMatchObject({
        owner: of.a1.device,
        cameBack: false,
      });
      expect(second.troubles).toEqual([]);
    }
  });

  test("nobody else's word lets it in: not Sam's own, and not one in the first's name", async () => {
    const of = await joining(13);
    await hand(of.first, of.a2, of.second);
    await writeLine(of.partner, of.his, "later", 5);
    const untagged = await given(of.partner, of.a2);
    const told = of.partner.shelf.ledger.heads();
    const body = encodeAck(told);
    // Sam's, with a tag for the second: a changed app knows of it.
    const { ours } = of.notebooks;
    const his = of.partner.shelf.ledger.linesOf(ours.id, of.sam.device).at(-1);
    const asSam = { author: of.sam.device, notebook: ours, kind: "ack" as const, body };
    const secret = of.sam.keys.x25519;
    must(await of.second.admit([of.forge({ ...asSam, after: his, readers: [of.a2], secret })]));
    must(await of.second.admit(untagged));
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
    // In the name of the first, after what it has truly written.
    const hers = of.first.shelf.ledger.linesOf(ours.id, of.a1.device).at(-1);
    const asFirst = { ...asSam, author: of.a1.device, after: hers, secret };
    for (const readers of [[of.a2], [of.sam]])
      must(await of.second.admit([of.forge({ ...asFirst, readers })]));
    must(await of.second.admit(untagged));
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
  });

  test("an ack that is vouched for itself vouches for nothing", async () => {
    const of = await joining(14);
    // Nothing of the first has come yet, and a changed app is quicker: its ack stands under a number that counts.
    await writeLine(of.partner, of.his, "later", 5);
    const forged = of.forge({
      author: of.a1.device,
      notebook: of.notebooks.ours,
      kind: "ack",
      body: encodeAck(of.partner.shelf.ledger.heads()),
      readers: [of.sam],
      secret: of.sam.keys.x25519,
    });
    const fromFirst = new Set<Uint8Array>([forged]);
    const counted = must(await of.second.shelf.ledger.receive([forged], fromFirst));
    expect(counted.map(codeOf)).toEqual(["ACCEPT"]);
    must(await of.second.admit(await given(of.partner, of.a2)));
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
    const second = await reopen(of, of.a2, of.joined, of.second, "restart");
    must(await second.admit(await given(of.partner, of.a2)));
    expect(await linesOn(second, of.his)).toEqual(["his"]);
  });

  test("a partner who is quicker than the first puts no words in her mouth, and hers stand when they come", async () => {
    const of = await joining(16);
    const forged = of.forge({
      author: of.a1.device,
      notebook: of.notebooks.annas,
      kind: "ack",
      body: new Uint8Array(),
      readers: [of.sam],
      secret: of.sam.keys.x25519,
    });
    expect(must(await of.second.shelf.ledger.receive([forged])).map(codeOf)).toEqual(["UNVOUCHED"]);
    must(await of.second.admit([forged]));
    await hand(of.first, of.a2, of.second);
    expect(await linesOn(of.second, of.hers)).toEqual(["hers"]);
    // What is the first's in truth is here already, whoever brings it again.
    must(await of.second.admit(await given(of.partner, of.a2)));
    expect(of.second.troubles.filter((code) => code !== "NO_TAG")).toEqual([]);
  });

  test("nor in that of a computer of hers that is gone, under a number that is vouched for", async () => {
    const of = createBeside(17);
    const lost = of.another("anna");
    const page = newId<PageId>(of.random);
    const old = await of.open(lost, { annas: [lost], sams: [of.sam] });
    await writeLine(old, page, "truly hers", 1);
    const heads = old.shelf.ledger.heads();
    const gone = [{ machine: lost, by: heads }];
    const added: Known = { annas: [of.a1, of.a2], sams: [of.sam], gone, vouched: heads };
    const second = await of.open(of.a2, added);
    const forged = of.forge({
      author: lost.device,
      notebook: of.notebooks.annas,
      page,
      body: utf8("not hers"),
      readers: [of.sam],
      secret: of.sam.keys.x25519,
    });
    expect(must(await second.shelf.ledger.receive([forged])).map(codeOf)).toEqual(["UNVOUCHED"]);
    must(await second.admit([forged]));
    expect(second.shelf.ledger.heads()).toEqual([]);
    must(await second.admit(await given(old, of.a2), "mine"));
    expect(await linesOn(second, page)).toEqual(["truly hers"]);
  });

  test("once he knows, his words count by their tags, with what lies between", async () => {
    const of = await joining(15);
    await hand(of.first, of.a2, of.second);
    await writeLine(of.partner, of.his, "between", 5);
    const partner = await reopen(of, of.sam, of.known, of.partner, "restart");
    await writeLine(partner, of.his, "for both", 6);
    must(await of.second.admit(await given(partner, of.a2)));
    expect(await linesOn(of.second, of.his)).toEqual(["his"]);
    must(await of.first.admit(await given(partner, of.a1)));
    await sayHeads(of.first);
    await hand(of.first, of.a2, of.second);
    expect(await linesOn(of.second, of.his)).toEqual(["his", "between", "for both"]);
  });
});

describe("what one of Anna's computers withdraws of the other's words", () => {
  /** All three have the page: a line of each computer of hers. */
  const withdrawn = async (seed: number, by: "first" | "second") => {
    const of = await allThree(seed);
    const other = newId<PageId>(of.random);
    await writeLine(of.first, of.page, "one", 1);
    await hand(of.first, of.a2, of.second);
    await writeLine(of.second, of.page, "two", 2);
    await writeLine(of.second, other, "stays", 3);
    await hand(of.second, of.a1, of.first);
    await hand(of.first, of.sam, of.his);
    const opened = of[by];
    const { ledger, chains } = opened.shelf;
    const lines = [of.a1, of.a2].flatMap(({ device }) => ledger.linesOf(chains.mine, device));
    must(await ledger.redact(lines.filter(({ page }) => page === of.page)));
    await writeLine(opened, other, "since", 4);
    await hand(of.first, of.a2, of.second);
    await hand(of.second, of.a1, of.first);
    await hand(opened, of.sam, of.his);
    // The first says too that its last words are gone, once it has heard of it.
    await hand(of.first, of.a2, of.second);
    await hand(of.first, of.sam, of.his);
    return { ...of, other };
  };

  const isGone = async (opened: Opened, page: PageId, other: PageId): Promise<void> => {
    expect(await linesOn(opened, page)).toEqual([]);
    expect(await linesOn(opened, other)).toEqual(["stays", "since"]);
    expect(opened.troubles).toEqual([]);
    expect(opened.shelf.ledger.isFrozen()).toBe(false);
  };

  test.each(["first", "second"] as const)(
    "by the %s: it is gone everywhere, and stays gone when a cache is made anew",
    async (by) => {
      const of = await withdrawn(20, by);
      const machines = { first: of.a1, second: of.a2, his: of.sam };
      for (const name of ["first", "second", "his"] as const) {
        await isGone(of[name], of.page, of.other);
        const anew = await reopen(of, machines[name], of.known, of[name], "rebuild");
        await isGone(anew, of.page, of.other);
        expect(anew.shelf.ledger.heads().toSorted(byName)).toEqual(
          of.his.shelf.ledger.heads().toSorted(byName),
        );
      }
    },
  );

  test.each(["first", "second"] as const)(
    "by the %s: it stays gone when both are replaced, on the disk of either and on a new one",
    async (by) => {
      const of = await withdrawn(21, by);
      const heads = of.his.shelf.ledger.heads();
      const gone = [of.a1, of.a2].map((machine) => ({ machine, by: heads }));
      for (const machine of [of.a1, of.a2, undefined]) {
        const now = of.another("anna", machine);
        const known: Known = { annas: [now], sams: [of.sam], gone };
        const his = await of.open(of.sam, known, await loseCache(of.sam));
        await isGone(his, of.page, of.other);
        const hers = await of.open(now, { ...known, vouched: heads }, await loseCache(now));
        must(await hers.admit((await given(his, now)).toReversed()));
        await isGone(hers, of.page, of.other);
        expect(hers.shelf.ledger.heads().toSorted(byName)).toEqual(heads.toSorted(byName));
        const facts = hers.shelf.pages.facts.read().get(of.other);
        expect(facts?.cameBack).toBe(machine === undefined);
        await writeLine(hers, newId(of.random), "today", 9);
        await his.shelf.close();
        await hers.shelf.close();
      }
    },
  );

  test("a computer that was replaced before has no say about what they write", async () => {
    const of = createBeside(22);
    const lost = of.another("anna");
    const page = newId<PageId>(of.random);
    const gone = [
      {
        machine: lost,
        by: [{ notebook: of.notebooks.annas.id, device: lost.device, seq: 3, id: page as never }],
      },
    ];
    const known: Known = { annas: [of.a1, of.a2], sams: [of.sam], gone };
    const first = await of.open(of.a1, known);
    await writeLine(first, page, "today", 1);
    const { ledger, chains } = first.shelf;
    const [line] = ledger.linesOf(chains.mine, of.a1.device);
    if (line === undefined) throw new Error("nothing written");
    const message = await ledger.newestOf(chains.mine, of.a1.device, "snapshot");
    if (message === undefined) throw new Error("nothing written");
    const forged = of.forge({
      author: lost.device,
      notebook: of.notebooks.annas,
      kind: "redaction",
      page,
      body: encodeRedaction([message]),
      readers: [of.sam],
      secret: lost.keys.x25519,
    });
    must(await first.admit([forged]));
    expect(first.troubles).toEqual(["BAD_PAYLOAD"]);
    expect(await linesOn(first, page)).toEqual(["today"]);
  });
});

describe("once the journal has ended", () => {
  test("what each of Anna's computers wrote stays hers on either, made anew too, and Sam's as far as it is vouched for", async () => {
    const of = await allThree(30);
    await writeLine(of.first, of.page, "one", 1);
    await hand(of.first, of.a2, of.second);
    await writeLine(of.second, of.page, "two", 2);
    await hand(of.second, of.a1, of.first);
    const his = newId<PageId>(of.random);
    await writeLine(of.his, his, "his", 3);
    for (const machine of [of.a1, of.a2]) await hand(of.his, machine, of[nameOf(of, machine)]);
    for (const machine of [of.a1, of.a2]) {
      const opened = of[nameOf(of, machine)];
      const vouched = new Set(
        opened.shelf.ledger.linesOf(of.notebooks.sams.id, of.sam.device).map(({ id }) => id),
      );
      await opened.shelf.close();
      for (const [counts, lines] of [
        [vouched, ["his"]],
        [new Set<MessageId>(), []],
      ] as const) {
        const past = await of.openPast(machine, of.known, counts, await loseCache(machine));
        expect(await linesOn(past, of.page)).toEqual(["one", "two"]);
        expect(past.shelf.pages.facts.read().get(of.page)?.cameBack).toBe(false);
        expect(await linesOn(past, his)).toEqual(lines);
        await past.shelf.close();
      }
    }
  });

  const nameOf = (of: Beside, machine: Machine): "first" | "second" =>
    machine === of.a1 ? "first" : "second";
});

describe("what came back from Sam's copy, and what did not", () => {
  test("says so on the computer that the two met with again, and not on another that was added to it", async () => {
    const of = createBeside(31);
    const lost = of.another("anna");
    const page = newId<PageId>(of.random);
    const old = await of.open(lost, { annas: [lost], sams: [of.sam] });
    await writeLine(old, page, "of before", 1);
    const gone = [{ machine: lost, by: old.shelf.ledger.heads() }];
    const met: Known = { annas: [of.a1], sams: [of.sam], gone };
    const first = await of.open(of.a1, met);
    const all = await given(old, of.sam);
    must(await first.admit(all));
    expect(first.shelf.pages.facts.read().get(page)?.cameBack).toBe(true);
    const added: Known = { annas: [of.a1, of.a2], sams: [of.sam], gone };
    const second = await of.open(of.a2, added);
    must(await second.admit(all, "mine"));
    expect(second.shelf.pages.facts.read().get(page)?.cameBack).toBe(false);
    // Nor when the one that it was added to is gone, and its cache is made anew.
    await second.shelf.close();
    const next = of.another("anna", of.a2);
    const later: Known = {
      annas: [next],
      sams: [of.sam],
      gone: [...gone, ...[of.a1, of.a2].map((machine) => ({ machine, by: [] }))],
    };
    const anew = await of.open(next, later, await loseCache(of.a2));
    expect(await linesOn(anew, page)).toEqual(["of before"]);
    expect(anew.shelf.pages.facts.read().get(page)?.cameBack).toBe(false);
  });
});

const byName = (
  one: { readonly notebook: string; readonly device: string },
  other: { readonly notebook: string; readonly device: string },
): number => (one.notebook + one.device < other.notebook + other.device ? -1 : 1);
