import { expect, test } from "vitest";
import type { DeviceId, MessageId, NotebookId, PageId, SpaceId } from "../../shared/base/ids.ts";
import type { ChainEntry } from "../../shared/envelope/chain.ts";
import type { EnvelopeKey } from "../../shared/envelope/envelope.ts";
import type { Leaf } from "../../shared/ledger/book.ts";
import { createOwnTurns } from "../../shared/ledger/ownTurns.ts";
import type { Said } from "../../shared/ledger/said.ts";
import { woven } from "../../shared/ledger/woven.ts";

const page = "page" as PageId;
const notebook = "mine" as NotebookId;
const [one, two] = ["one" as DeviceId, "two" as DeviceId];

/** `seen`: of the other device, up to which number its writer had it. */
const said = (device: DeviceId, seq: number, time: number, seen?: number): Said => {
  const other = device === one ? two : one;
  return {
    message: {
      ...{ kind: "update", id: `${device} ${seq}` as MessageId, notebook, device, seq, time, page },
      ...{ doubtful: false, body: new Uint8Array(), cameBack: false },
    },
    seen:
      seen === undefined ? [] : [{ device: other, seq: seen, id: `${other} ${seen}` as MessageId }],
  };
};

const everywhere =
  (inNotebook: NotebookId) =>
  (id: MessageId): ChainEntry => {
    const [device = "", seq = "0"] = id.split(" ");
    return {
      ...{ notebook: inNotebook, device: device as DeviceId, seq: Number(seq), id, page },
      standing: "chained",
    };
  };

const order = (chains: readonly (readonly Said[])[], inNotebook = notebook) =>
  woven(chains, everywhere(inNotebook)).map(({ id }) => id);

test("of two computers, what was written on the words of the other comes after them, though its clock is behind", () => {
  const first = [said(one, 1, 1_000), said(one, 2, 4_000, 1)];
  const second = [said(two, 1, 10, 1), said(two, 2, 20, 1)];
  expect(order([first, second])).toEqual(["one 1", "two 1", "two 2", "one 2"]);
  expect(order([second, first])).toEqual(["one 1", "two 1", "two 2", "one 2"]);
});

test("what they wrote apart comes as it was written, the same for whoever reads it", () => {
  const first = [said(one, 1, 10), said(one, 2, 30)];
  const second = [said(two, 1, 20), said(two, 2, 30)];
  for (const chains of [
    [first, second],
    [second, first],
  ])
    expect(order(chains)).toEqual(["one 1", "two 1", "one 2", "two 2"]);
});

test("a clock that goes back within a chain brings nothing before what that computer had written", () => {
  const first = [said(one, 1, 500), said(one, 2, 1)];
  expect(order([first, [said(two, 1, 100)]])).toEqual(["two 1", "one 1", "one 2"]);
});

test("what was seen of another notebook says nothing about this one, and nothing is lost where they contradict", () => {
  const first = [said(one, 1, 10, 1)];
  const second = [said(two, 1, 20, 1)];
  expect(order([first, second], "ours" as NotebookId)).toEqual(["one 1", "two 1"]);
  expect(order([first, second])).toEqual(["one 1", "two 1"]);
});

const leaf = (inNotebook: string, seq: number): Leaf => ({
  key: `${inNotebook} ${seq}` as EnvelopeKey,
  envelope: new Uint8Array() as Leaf["envelope"],
  message: {
    id: `${inNotebook} ${seq}` as MessageId,
    header: {
      ...{ kind: "update", space: "space" as SpaceId, notebook: inNotebook as NotebookId },
      ...{ device: one, seq, time: 1, prev: "" as MessageId },
    },
    salt: new Uint8Array(),
    payload: { seen: [], page, body: new Uint8Array() },
    tags: [],
  },
});

test("read anew, an ack that waits for another computer's words holds back no words of mine", () => {
  const turns = createOwnTurns([
    leaf("ours", 1),
    leaf("mine", 1),
    leaf("mine", 2),
    leaf("ours", 2),
  ]);
  const waiting = new Set(["ours 1"]);
  const next = () => turns.next(({ key }) => waiting.has(key)).map(({ key }) => key);
  expect(next()).toEqual(["mine 1", "mine 2"]);
  expect(turns.firsts().map(({ key }) => key)).toEqual(["ours 1"]);
  expect(next()).toEqual([]);
  expect(turns.left()).toBe(true);
  waiting.clear();
  expect(next()).toEqual(["ours 1", "ours 2"]);
  expect(turns.left()).toBe(false);
});
