import * as fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createNotes } from "../../shared/archive/leftOut.ts";
import { saveEntries } from "../../shared/archive/saveEntries.ts";
import { htmlFile } from "../../shared/archive/saveHtml.ts";
import { markdownZip } from "../../shared/archive/saveMarkdown.ts";
import { systemClock } from "../../shared/base/clock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import type { EntryBook } from "../../shared/journal/entryBook.ts";
import { chosen, dayOne, noWork, opened, preparePicture } from "../support/archives.ts";
import { during } from "../support/during.ts";
import { keptSink, plainTexts } from "../support/savedFiles.ts";
import { createTwoPartners, must, type Desk, type TwoPartners } from "../support/twoPartners.ts";
import { zipOf } from "../support/zipFiles.ts";

beforeAll(loadSodium);

const word = fc.constantFrom(
  "lake",
  "Zoë",
  "🙂",
  "שלום",
  "5 < 6 & 7",
  "“so”",
  "a_b",
  "1. of",
  "- and",
);
const sentence = fc
  .array(word, { minLength: 1, maxLength: 5 })
  .map((words) => `So ${words.join(" ")}.`);
const block = fc.oneof(
  sentence,
  sentence.map((said) => `## ${said}`),
  sentence.map((said) => `> ${said}`),
  fc
    .array(sentence, { minLength: 1, maxLength: 3 })
    .map((all) => all.map((said) => `- ${said}`).join("\n")),
  fc.tuple(sentence, fc.boolean()).map(([said, done]) => `- [${done ? "x" : " "}] ${said}`),
  sentence.map((said) => `**${said}** and [a way](https://example.org/a)`),
);
const anyEntry = fc.record({
  title: fc.option(sentence, { nil: undefined }),
  blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
  minute: fc.integer({ min: 0, max: 20_000_000 }),
  tags: fc.uniqueArray(fc.constantFrom("sea", "é", "two words", "9"), { maxLength: 3 }),
  photo: fc.option(fc.uint8Array({ minLength: 1, maxLength: 40 }), { nil: undefined }),
});

/** As Day One would export it: pictures beside their journal, their places among the words. */
const archiveOf = (
  entries: readonly (typeof anyEntry extends fc.Arbitrary<infer Entry> ? Entry : never)[],
) => {
  const photos = entries.flatMap(({ photo }, index) =>
    photo === undefined
      ? []
      : [[`photos/m${index}.jpeg`, Uint8Array.of(0xff, 0xd8, index, ...photo)] as const],
  );
  const journal = dayOne(
    entries.map(({ title, blocks, minute, tags, photo }, index) => ({
      uuid: `A${index}`,
      creationDate: new Date(Date.UTC(1995, 0, 1) + minute * 60_000).toISOString(),
      text: [
        ...(title === undefined ? [] : [`# ${title}`]),
        ...blocks,
        ...(photo === undefined ? [] : [`![](dayone-moment://P${index})`]),
      ].join("\n\n"),
      tags,
      photos:
        photo === undefined ? [] : [{ identifier: `P${index}`, md5: `m${index}`, type: "jpeg" }],
    })),
  );
  return zipOf({ "Journal.json": journal, ...Object.fromEntries(photos) });
};

/** What came, as everything that the formats share. */
const toldBy = async (zip: Uint8Array) => {
  const archive = await opened([chosen("writing.zip", zip)]);
  const notes = createNotes(archive.before);
  const told: string[] = [];
  for await (const entry of archive.entries({ prepare: preparePicture, notes })) {
    const parts: unknown[] = [];
    for (const part of entry.parts)
      parts.push(part.kind === "piece" ? part.piece : [...((await part.read())?.bytes ?? [])]);
    const { title, writtenAt, tags, feelings } = entry;
    told.push(JSON.stringify({ title, writtenAt, tags, feelings, parts }));
  }
  expect(notes.list()).toEqual([]);
  return told.toSorted();
};

const takeInto = async (
  { entries }: { readonly entries: EntryBook },
  zip: Uint8Array,
  { clock }: TwoPartners,
) => {
  const archive = await opened([chosen("writing.zip", zip)]);
  const taking = entries.takeIn(
    archive.entries({ prepare: preparePicture, notes: createNotes() }),
    noWork,
  );
  must(await during(clock, taking));
};

const saveFrom = async ({ journal }: Desk, as: typeof markdownZip): Promise<Uint8Array> => {
  const { entries } = journal();
  const sink = keptSink();
  const saving = {
    cards: entries.cards.read(),
    read: entries.read,
    clock: systemClock,
    work: noWork,
  };
  must(await saveEntries(saving, sink, as));
  return sink.bytes();
};

test(
  "brought in, saved, brought in by another and saved again, nothing is lost that the formats share",
  { timeout: 240_000 },
  async () => {
    let seed = 1_460;
    await fc.assert(
      fc.asyncProperty(fc.array(anyEntry, { minLength: 1, maxLength: 3 }), async (wanted) => {
        const partners = await createTwoPartners({ seed: (seed += 2) });
        const { anna, sam } = partners;
        const first = await archiveOf(wanted);
        const told = await toldBy(first);
        expect(told).toHaveLength(wanted.length);
        await takeInto(anna.journal(), first, partners);
        expect(anna.journal().entries.cards.read()).toHaveLength(wanted.length);
        const saved = await saveFrom(anna, markdownZip);
        expect(await toldBy(saved)).toEqual(told);
        await takeInto(sam.journal(), saved, partners);
        expect(await toldBy(await saveFrom(sam, markdownZip))).toEqual(told);
        // A page to read holds every word as words, and every photo.
        const page = new TextDecoder().decode(await saveFrom(sam, htmlFile(plainTexts)));
        const shown = page
          .replaceAll(/<[^>]*>/g, "")
          .replaceAll("&lt;", "<")
          .replaceAll("&amp;", "&");
        for (const { title = "", tags } of wanted)
          for (const words of [title, ...tags]) expect(shown).toContain(words);
        expect(page.split("data:image/").length - 1).toBe(
          wanted.filter(({ photo }) => photo !== undefined).length,
        );
      }),
      { numRuns: Number(process.env["EXPORT_RUNS"] ?? 8) },
    );
  },
);
