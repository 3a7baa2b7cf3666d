import { beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { u32 } from "../../shared/base/bytes.ts";
import { noPage } from "../../shared/base/ids.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { newPageDoc, type PageDoc } from "../../shared/page/pageDoc.ts";
import { visionHands } from "../../shared/page/visionDoc.ts";
import { createHostilePartner, type HostilePartner, type Note } from "../support/hostilePartner.ts";
import { must } from "../support/twoPartners.ts";
import { addLine, bodyOf, readVision, readWhose, wordsOn } from "./visionKit.ts";

beforeAll(loadSodium);

/** Anna has written a line, and Sam's changed app has it. */
const met = async (seed: number) => {
  const partner = await createHostilePartner({ seed });
  const page = must(await partner.journal().vision.open());
  addLine(page, "We live by the sea.");
  await partner.settle(12);
  const hands = visionHands(partner.sam, partner.anna);
  const sams = newPageDoc(() => u32(64 + hands.me));
  const annasWords = partner.heard().filter(({ header }) => header.kind === "vision");
  for (const { payload } of annasWords) Y.applyUpdate(sams, payload.body);
  const seen = annasWords.map(({ id, header }) => ({ device: partner.anna, seq: header.seq, id }));
  const body = { body: bodyOfDoc(sams) as never };
  return { partner, page, hands, sams, body, seen: seen.slice(-1) };
};

const bodyOfDoc = (doc: PageDoc): Y.XmlFragment => doc.getXmlFragment("body");

const changeOf = (doc: PageDoc, change: () => void): Uint8Array => {
  const before = Y.encodeStateVector(doc);
  change();
  return Y.encodeStateAsUpdate(doc, before);
};

const say = async (partner: HostilePartner, note: Note): Promise<void> => {
  partner.send({ kind: "vision", page: noPage, ...note });
  await partner.settle();
};

const codes = (partner: HostilePartner): readonly string[] =>
  partner
    .journal()
    .troubles.read()
    .map(({ code }) => code);

describe("a changed app of the partner", () => {
  test("reaches the page with words of its own, and these are shown as theirs", async () => {
    const { partner, page, sams, body, seen } = await met(4201);
    await say(partner, { seen, body: changeOf(sams, () => addLine(body, "With a dog.")) });
    expect(wordsOn(page)).toBe("We live by the sea. With a dog.");
    expect(await readWhose(partner.journal())).toEqual([
      "me: We live by the sea.",
      "partner: With a dog.",
    ]);
  });

  test("cannot write under Anna's hand, neither as new words nor over those that she writes next", async () => {
    const { partner, page, hands, seen } = await met(4202);
    const forged = newPageDoc(() => u32(64 + hands.partner));
    addLine({ body: bodyOfDoc(forged) as never }, "I wrote this myself.");
    await say(partner, { seen, body: Y.encodeStateAsUpdate(forged) });
    const her = Number([...Y.decodeStateVector(Y.encodeStateVector(docOf(page))).keys()][0]);
    const ahead = newPageDoc(() => u32(her));
    for (let step = 0; step < 40; step++)
      addLine({ body: bodyOfDoc(ahead) as never }, "Taken before she typed it.");
    await say(partner, { seen, body: Y.encodeStateAsUpdate(ahead) });
    expect(codes(partner)).toContain("NOT_YOUR_HAND");
    addLine(page, "She goes on.");
    await partner.settle(12);
    expect(await readVision(partner.journal())).toBe("We live by the sea. She goes on.");
    expect(await readWhose(partner.journal())).toEqual([
      "me: We live by the sea.",
      "me: She goes on.",
    ]);
  });

  test("cannot take her words for its own by writing the same ones in their place", async () => {
    const { partner, sams, body, seen } = await met(4203);
    const update = changeOf(sams, () => {
      bodyOfDoc(sams).delete(0, 1);
      addLine(body, "We live by the sea.");
    });
    await say(partner, { seen, body: update });
    expect(await readWhose(partner.journal())).toEqual(["me: We live by the sea."]);
  });

  test("can empty the page, and loses nothing by it: all of it is among the earlier versions, and comes back", async () => {
    const { partner, page, sams, seen } = await met(4204);
    const update = changeOf(sams, () => bodyOfDoc(sams).delete(0, 1));
    await say(partner, { seen, body: update });
    expect(wordsOn(page)).toBe("");
    const { versions } = must(await partner.journal().vision.openHistory());
    const [first] = versions;
    if (first === undefined) throw new Error("no version");
    expect(wordsOn(first)).toBe("We live by the sea.");
    must(await page.bringBack(first));
    expect(await readVision(partner.journal())).toBe("We live by the sea.");
  });

  test.each([
    ["a name of its own", (doc: PageDoc) => void doc.getMap("meta").set("kind", "entry")],
    ["another list", (doc: PageDoc) => doc.getArray("asks").push([1])],
    ["a document", (doc: PageDoc) => void bodyOfDoc(doc).doc?.getMap("sub").set("x", new Y.Doc())],
    ["a map among the words", (doc: PageDoc) => bodyOfDoc(doc).push([new Y.Map() as never])],
    [
      "an element that no editor knows",
      (doc: PageDoc) => bodyOfDoc(doc).push([new Y.XmlElement("script")]),
    ],
    ["a photo", (doc: PageDoc) => bodyOfDoc(doc).push([new Y.XmlElement("photo")])],
    [
      "an object in a text",
      (doc: PageDoc) => {
        const text = new Y.XmlText();
        bodyOfDoc(doc).push([text]);
        text.insertEmbed(0, { a: 1 });
      },
    ],
    [
      "a format that no editor knows",
      (doc: PageDoc) => {
        const text = new Y.XmlText();
        bodyOfDoc(doc).push([text]);
        text.insert(0, "x", { blink: true });
      },
    ],
    [
      "words beside the page's own",
      (doc: PageDoc) => addLine({ body: doc.getXmlFragment("other") as never }, "Elsewhere."),
    ],
  ])("cannot put into it %s", async (_, change) => {
    const { partner, page, sams, seen } = await met(4205);
    await say(partner, { seen, body: changeOf(sams, () => change(sams)) });
    expect(codes(partner)).toSatisfy((all: readonly string[]) =>
      all.some((code) => code === "PAGE_REMADE" || code === "UPDATE_HEAVY"),
    );
    expect(wordsOn(page)).toBe("We live by the sea.");
    expect(docOf(page).share.size).toBeLessThanOrEqual(2);
    addLine(page, "And on.");
    await partner.settle(12);
    expect(await readVision(partner.journal())).toBe("We live by the sea. And on.");
  });

  test("cannot send more than half a megabyte at once, nor what never ends to find its place, nor what is no update", async () => {
    const { partner, page, sams, body, seen, hands } = await met(4206);
    const large = changeOf(sams, () => addLine(body, "x".repeat(600_000)));
    await say(partner, { seen, body: large });
    expect(codes(partner)).toContain("UPDATE_TOO_LARGE");
    await say(partner, { seen, body: Uint8Array.of(1, 2, 3) });
    expect(codes(partner)).toContain("UPDATE_MALFORMED");
    await say(partner, { seen, body: changeOf(sams, () => addLine(body, "Leans on that.")) });
    expect(codes(partner)).toContain("UPDATE_HEAVY");
    for (const update of crossing(hands.me, 6_000)) await say(partner, { seen, body: update });
    expect(bodyOf(page).length).toBeLessThan(6_100);
    addLine(page, "Still here.");
    await partner.settle(12);
    expect(await readVision(partner.journal())).toContain("Still here.");
  });

  test("cannot withdraw it, take it away, or make of it a page of its own", async () => {
    const { partner, page, sams, body, seen } = await met(4207);
    const update = changeOf(sams, () => addLine(body, "Mine."));
    partner.send({ kind: "vision", page: noPage, seen, body: update });
    await say(partner, { kind: "control", body: Uint8Array.of(1) });
    await say(partner, { kind: "snapshot", body: Y.encodeStateAsUpdate(sams) });
    await say(partner, { kind: "redaction", body: new Uint8Array(168) });
    // In the notebook that both write, where acks lie.
    await say(partner, { notebook: "ours", body: changeOf(sams, () => addLine(body, "Twice.")) });
    expect(wordsOn(page)).toBe("We live by the sea. Mine.");
    await partner.lock();
    await partner.open();
    expect(await readVision(partner.journal())).toBe("We live by the sea. Mine.");
  });
});

test("reading it sends nothing: not opening it, not its past, not whose words they are", async () => {
  const { partner, page } = await met(4208);
  await partner.settle(20);
  const before = partner.wire.offered.size;
  const { vision } = partner.journal();
  await page.close();
  const again = must(await vision.open());
  must(await vision.openHistory()).close();
  must(await vision.whose());
  await again.close();
  await partner.settle(20);
  expect(partner.wire.offered.size).toBe(before);
});

const docOf = (page: Parameters<typeof bodyOf>[0]): Y.Doc => {
  const { doc } = bodyOf(page);
  if (doc === null) throw new Error("no document");
  return doc;
};

/** Two hands of one person that wrote the same place full without each other: each of the one passes all of the other. */
const crossing = (hand: 0 | 1, count: number): readonly Uint8Array[] =>
  [2_000_002, 1_000_002].map((base) => {
    const doc = newPageDoc(() => u32(base + hand));
    for (let at = 0; at < count; at++)
      bodyOfDoc(doc).insert(bodyOfDoc(doc).length, [new Y.XmlElement("paragraph")]);
    return Y.encodeStateAsUpdate(doc);
  });
