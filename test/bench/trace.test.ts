import { beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { createTwoPartners, must } from "../support/twoPartners.ts";
import { bytesOn } from "../unit/keptKit.ts";
import { type Edit, readTrace } from "./trace/readTrace.ts";

beforeAll(loadSodium);

const rounds = Number(process.env["BENCH_ROUNDS"] ?? 3);

const emptyText = (body: Y.XmlFragment): Y.XmlText => {
  const [paragraph, text] = [new Y.XmlElement("paragraph"), new Y.XmlText()];
  body.push([paragraph]);
  paragraph.push([text]);
  return text;
};

/** ms of this thread's own work. */
const workOf = async (act: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

const type = async (
  text: Y.XmlText,
  edits: readonly Edit[],
  onPause: () => Promise<void>,
): Promise<void> => {
  for (const { at, letter, afterPause } of edits) {
    if (afterPause) await onPause();
    if (letter === undefined) text.delete(at, 1);
    else text.insert(at, letter);
  }
  await onPause();
};

/** Without encryption: what was written until a pause is one update, kept in memory. */
const plain = async (edits: readonly Edit[]) => {
  const doc = new Y.Doc();
  const text = emptyText(doc.getXmlFragment("body"));
  const kept: Uint8Array[] = [];
  let since: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => since.push(update));
  const work = await workOf(() =>
    type(text, edits, async () => {
      if (since.length > 0) kept.push(Y.mergeUpdates(since));
      since = [];
    }),
  );
  const said = text.length;
  const whole = Y.encodeStateAsUpdate(doc).length;
  return { work, said, whole, bytes: kept.reduce((sum, one) => sum + one.length, 0) };
};

/** Twofold's page, on a disk in memory: sealed, signed, padded, stored, listed. */
const ours = async (edits: readonly Edit[], seed: number) => {
  const { sam } = await createTwoPartners({ seed });
  const page = must(await sam.journal().openPage(must(await sam.journal().entries.draftEntry())));
  const text = emptyText(bodyOf(page.body));
  const work = await workOf(() =>
    type(text, edits, async () => {
      must(await page.flush());
    }),
  );
  const said = text.length;
  await page.close();
  await sam.lock();
  const stored = await bytesOn(sam.disk.start().kept);
  const envelopes = [...stored].filter(([key]) => !key.includes(" ")).map(([, bytes]) => bytes);
  const opening = await workOf(async () => {
    await sam.open();
  });
  return {
    ...{ work, said, opening, envelopes: envelopes.length },
    bytes: envelopes.reduce((sum, one) => sum + one.length, 0),
  };
};

const bodyOf = (body: PageBody): Y.XmlFragment => body as unknown as Y.XmlFragment;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;

test("a paper typed letter by letter into one page", { timeout: 1_800_000 }, async () => {
  const all = readTrace();
  expect(all).toHaveLength(259_778);
  const most = process.env["BENCH_SHORT"] === undefined ? all.length : 5_000;
  const edits = all.slice(0, Number(process.env["BENCH_EDITS"] ?? most));
  const pauses = edits.filter(({ afterPause }) => afterPause).length;
  const taken: {
    readonly plain: Awaited<ReturnType<typeof plain>>;
    readonly ours: Awaited<ReturnType<typeof ours>>;
  }[] = [];
  for (let round = 0; round < rounds; round++)
    taken.push({ plain: await plain(edits), ours: await ours(edits, 7_100 + round) });
  const [last] = taken.slice(-1);
  expect(last?.ours.said).toBe(last?.plain.said);
  const works = (side: "plain" | "ours") => median(taken.map((one) => one[side].work));
  const ratio = median(taken.map((one) => one.ours.work / one.plain.work));
  console.log(
    [
      `${edits.length} edits, ${pauses} pauses, medians of ${rounds} rounds in turn`,
      `plain Yjs: ${works("plain").toFixed(0)} ms, ${last?.plain.bytes} bytes of updates, ${last?.plain.whole} merged`,
      `Twofold: ${works("ours").toFixed(0)} ms, ${last?.ours.bytes} bytes in ${last?.ours.envelopes} envelopes`,
      `work ${ratio.toFixed(2)} times, ${((works("ours") - works("plain")) / pauses).toFixed(2)} ms more for each pause`,
      `bytes ${((last?.ours.bytes ?? 0) / (last?.plain.bytes ?? 1)).toFixed(2)} times; opening the journal again ${median(taken.map((one) => one.ours.opening)).toFixed(0)} ms`,
    ].join("\n"),
  );
});
