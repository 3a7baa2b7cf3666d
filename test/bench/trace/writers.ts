import * as Automerge from "@automerge/automerge";
import { LoroDoc } from "loro-crdt";
import * as Y from "yjs";
import type { PageBody } from "../../../shared/page/card.ts";
import { createTwoPartners, must } from "../../support/twoPartners.ts";
import { bytesOn } from "../../unit/keptKit.ts";
import type { Edit } from "./readTrace.ts";

/** What one way of writing a text cost. Every letter is a change by itself, as in an editor. */
export type Wrote = {
  /** ms of the process's own work, from the first letter to the last pause. */
  readonly work: number;
  readonly text: string;
  /** What was written until a pause is one piece, which a partner would get. */
  readonly pieces: number;
  readonly bytes: number;
};

export type Writer = (edits: readonly Edit[], seed: number) => Promise<Wrote>;

/** ms of this process's own work: others who use the machine do not add to it. */
const workOf = async (act: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

type Typed = {
  readonly insert: (at: number, letter: string) => void;
  readonly remove: (at: number) => void;
  readonly pause: () => Promise<void> | void;
};

const type = async (edits: readonly Edit[], { insert, remove, pause }: Typed): Promise<void> => {
  for (const { at, letter, afterPause } of edits) {
    if (afterPause) await pause();
    if (letter === undefined) remove(at);
    else insert(at, letter);
  }
  await pause();
};

const sumOf = (pieces: readonly Uint8Array[]): Pick<Wrote, "pieces" | "bytes"> => ({
  pieces: pieces.length,
  bytes: pieces.reduce((sum, { length }) => sum + length, 0),
});

const emptyText = (body: Y.XmlFragment): Y.XmlText => {
  const [paragraph, text] = [new Y.XmlElement("paragraph"), new Y.XmlText()];
  body.push([paragraph]);
  paragraph.push([text]);
  return text;
};

const intoText = (text: Y.XmlText): Pick<Typed, "insert" | "remove"> => ({
  insert: (at, letter) => text.insert(at, letter),
  remove: (at) => text.delete(at, 1),
});

/** Yjs by itself: pieces stay in memory. */
export const writePlainYjs: Writer = async (edits) => {
  const doc = new Y.Doc();
  const text = emptyText(doc.getXmlFragment("body"));
  const pieces: Uint8Array[] = [];
  let since: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => since.push(update));
  const pause = (): void => {
    if (since.length > 0) pieces.push(Y.mergeUpdates(since));
    since = [];
  };
  const work = await workOf(() => type(edits, { ...intoText(text), pause }));
  return { work, text: text.toString(), ...sumOf(pieces) };
};

const bodyOf = (body: PageBody): Y.XmlFragment => body as unknown as Y.XmlFragment;

/** Twofold's page, on a disk in memory: sealed, padded, stored, listed. */
export const writeTwofold: Writer = async (edits, seed) => {
  const { sam } = await createTwoPartners({ seed });
  const page = must(await sam.journal().openPage(must(await sam.journal().entries.draftEntry())));
  const text = emptyText(bodyOf(page.body));
  const pause = async (): Promise<void> => {
    must(await page.flush());
  };
  const work = await workOf(() => type(edits, { ...intoText(text), pause }));
  const said = text.toString();
  await page.close();
  await sam.lock();
  const stored = await bytesOn(sam.disk.start().kept);
  const envelopes = [...stored].filter(([key]) => !key.includes(" ")).map(([, bytes]) => bytes);
  return { work, text: said, ...sumOf(envelopes) };
};

type Said = { text: string };

export const writeAutomerge: Writer = async (edits) => {
  let doc = Automerge.from<Said>({ text: "" });
  let sent = Automerge.getHeads(doc);
  const pieces: Uint8Array[] = [];
  const splice = (at: number, count: number, letter?: string): void => {
    doc = Automerge.change(doc, (draft) => Automerge.splice(draft, ["text"], at, count, letter));
  };
  const pause = (): void => {
    const piece = Automerge.saveSince(doc, sent);
    sent = Automerge.getHeads(doc);
    if (piece.length > 0) pieces.push(piece);
  };
  const work = await workOf(() =>
    type(edits, {
      insert: (at, letter) => splice(at, 0, letter),
      remove: (at) => splice(at, 1),
      pause,
    }),
  );
  const { text } = doc;
  Automerge.free(doc);
  return { work, text, ...sumOf(pieces) };
};

export const writeLoro: Writer = async (edits) => {
  const doc = new LoroDoc();
  const text = doc.getText("text");
  let sent = doc.version();
  const pieces: Uint8Array[] = [];
  const pause = (): void => {
    pieces.push(doc.export({ mode: "update", from: sent }));
    sent = doc.version();
  };
  const work = await workOf(() =>
    type(edits, {
      insert: (at, letter) => {
        text.insert(at, letter);
        doc.commit();
      },
      remove: (at) => {
        text.delete(at, 1);
        doc.commit();
      },
      pause,
    }),
  );
  const said = text.toString();
  doc.free();
  return { work, text: said, ...sumOf(pieces) };
};
