import { Database } from "@hocuspocus/extension-database";
import { Hocuspocus } from "@hocuspocus/server";
import type { Doc } from "yjs";
import type { Clock } from "../../shared/base/clock.ts";
import { accept, type Result } from "../../shared/base/result.ts";
import type { Bus } from "../bus.ts";
import type { MailboxPart } from "../mailboxPart.ts";
import { createBoxLock } from "./boxLock.ts";
import { createBuffers } from "./buffers.ts";
import { nodeDisk, type Disk } from "./disk.ts";
import { openGuest, type Guest } from "./guest.ts";
import { createJudge } from "./judge.ts";
import { judgeUpdate, nothingKnown } from "./judgeUpdate.ts";
import { defaultMailboxLimits, type MailboxLimits } from "./limits.ts";
import { createMerging } from "./merging.ts";
import { createMishaps } from "./mishaps.ts";
import { parseBoxName } from "./names.ts";
import type { Neighbours, NeighboursParts } from "./neighbours.ts";
import { createRooms, type Refusal } from "./rooms.ts";
import { createSaving } from "./saving.ts";
import { openShelf } from "./shelf.ts";
import { createVisits } from "./visits.ts";
import { weighDocument } from "./weigh.ts";

export type MailboxParts = {
  readonly folder: string;
  readonly limits?: Partial<MailboxLimits>;
  readonly clock: Clock;
  /** Plain sentences: never an address, a couple, a document, a token or a byte of an envelope. */
  readonly log: (line: string) => void;
  readonly disk?: Disk;
  /** Other processes that use the same folder, if there are any. */
  readonly bus?: Bus;
};

type Context = { readonly guest: Guest };

/** Hocuspocus would look at its own pace who is idle; the house does that. The longest a timer can take. */
const never = 2 ** 31 - 1;

/** Nothing of the real one is kept: neither address nor headers of anybody. */
const anybodysRequest = new Request("http://mailbox/");

/** Hocuspocus tells the client the reason, and logs only errors with a message. */
const refusal = (reason: Refusal): Error => Object.assign(new Error(), { reason });

/** Loaded only where there are any. */
const meetNeighbours = async ({
  bus,
  ...parts
}: Omit<NeighboursParts, "bus"> & { readonly bus: Bus | undefined }): Promise<
  Neighbours | undefined
> => {
  if (bus === undefined) return undefined;
  const { createNeighbours } = await import("./neighbours.ts");
  return createNeighbours({ bus, ...parts });
};

/** A stock Yjs server that keeps envelopes for those who are not there; server/README.md says how. */
export const openMailbox = async (
  parts: MailboxParts,
): Promise<Result<MailboxPart, "FOLDER_FORBIDDEN">> => {
  const { folder, clock, log, bus, disk = nodeDisk } = parts;
  const limits: MailboxLimits = { ...defaultMailboxLimits, ...parts.limits };
  const mishaps = createMishaps(log);
  const opened = await openShelf({
    folder,
    disk,
    clock,
    tell: mishaps.add,
    ...(bus === undefined ? {} : { process: bus.self }),
  });
  if (!opened.ok) return opened;
  const shelf = opened.value;
  const rooms = createRooms({ shelf, limits, clock });
  const merging = bus === undefined ? undefined : createMerging({ shelf, rooms, limits });
  const saving = createSaving({
    shelf,
    rooms,
    clock,
    bytesPerSecond: limits.savingBytesPerSecond,
    isLoading: (name) => hocuspocus.loadingDocuments.has(name),
    ...(bus === undefined || merging === undefined
      ? {}
      : { together: { merging, lock: createBoxLock(bus, clock) } }),
  });
  const buffers = createBuffers(limits);
  const refusals = new Map<string, number>();
  const count = (reason: Refusal | "other process") =>
    refusals.set(reason, (refusals.get(reason) ?? 0) + 1);

  const letGo = (name: string) => {
    const doc = hocuspocus.documents.get(name);
    if (doc !== undefined) void hocuspocus.unloadDocument(doc);
  };
  const visits = createVisits({
    rooms,
    unloading: (name) => hocuspocus.unloadingDocuments.get(name),
    onUnexpected: letGo,
  });

  const fetchState = async (name: string): Promise<Uint8Array | null> => {
    const box = parseBoxName(name);
    const stamp = box === undefined ? undefined : await shelf.stamp(box);
    const state = box === undefined ? undefined : await shelf.read(box);
    if (box === undefined || stamp?.ok !== true || state?.ok !== true) throw refusal("busy");
    merging?.seen(box, stamp.value);
    if (state.value === undefined) return null;
    if (!rooms.hasSpace(state.value.length)) throw refusal("busy");
    if (judgeUpdate(state.value, nothingKnown, limits).ok) return state.value;
    await shelf.moveAside(box);
    return null;
  };

  const find = (name: string) => hocuspocus.documents.get(name);
  const { judgeGuest, judgeNeighbour } = createJudge({ limits, rooms, saving, find });

  const takeIn = async (name: string, doc: Doc) => {
    const box = parseBoxName(name);
    if (box !== undefined) await merging?.takeIn(box, doc);
  };
  const neighbours = await meetNeighbours({
    bus,
    clock,
    limits,
    judge: judgeNeighbour,
    takeIn,
    onRefused: () => count("other process"),
  });

  const hocuspocus = new Hocuspocus<Context>({
    quiet: true,
    timeout: never,
    debounce: limits.saveMs,
    maxDebounce: limits.saveMostMs,
    unloadImmediately: true,
    maxPendingDocuments: limits.documentsPerConnection + 1,
    extensions: [
      {
        priority: 2_000,
        // Who is there is nobody's business here, and each document would keep a timer for it.
        onLoadDocument: async ({ document }) => clearInterval(document.awareness._checkInterval),
        // Before the extension asks the others for what they have.
        afterLoadDocument: async ({ documentName, document }) =>
          neighbours?.opened(documentName, document),
        onAuthenticate: async ({ documentName, token, context }) => {
          const reason = await visits.letIn(documentName, token, context.guest);
          if (reason === undefined) return;
          count(reason);
          throw refusal(reason);
        },
      },
      new Database({
        fetch: async ({ documentName }) => {
          try {
            return await fetchState(documentName);
          } catch (error) {
            count("busy");
            throw error;
          }
        },
        store: ({ documentName, document, state }) => saving.save(documentName, document, state),
      }),
      ...(neighbours === undefined ? [] : [neighbours.extension]),
    ],
    afterLoadDocument: async ({ documentName, document }) => {
      // What was written while it was on its way from the disk.
      await takeIn(documentName, document);
      const box = parseBoxName(documentName);
      if (box !== undefined) rooms.opened(box, weighDocument(document));
    },
    connected: async ({ documentName, context }) => {
      visits.arrived(documentName, context.guest);
      context.guest.entered(documentName);
    },
    onChange: async ({ documentName }) => saving.changed(documentName),
    afterHandleMessage: async ({ documentName, context }) => context.guest.handled(documentName),
    beforeUnloadDocument: async ({ documentName }) => {
      if (visits.isExpected(documentName) || saving.isUnsaved(documentName)) throw refusal("busy");
    },
    afterUnloadDocument: async ({ documentName }) => {
      const box = parseBoxName(documentName);
      neighbours?.closed(documentName);
      if (box === undefined) return;
      merging?.forget(box);
      rooms.closed(box);
    },
  });

  const isOpen = (name: string) =>
    hocuspocus.documents.has(name) || hocuspocus.loadingDocuments.has(name);
  let cancelSweep = () => {};
  const sweep = () => {
    cancelSweep = clock.after(limits.sweepMs, sweep);
    void shelf.sweep(limits.keepMs, isOpen);
  };
  sweep();

  const tryAgain = async () => {
    await saving.tryAgain(find);
    for (const [name, doc] of hocuspocus.documents)
      if (doc.getConnectionsCount() === 0) letGo(name);
  };

  return accept({
    messageBytes: limits.messageBytes,
    perAddress: limits.perAddress,
    storingPerAddress: limits.storingPerAddress,
    welcome: ({ socket, wire, visitor, closeMs, onEnded }) =>
      openGuest({
        socket,
        wire,
        visitor,
        closeMs,
        onEnded,
        limits,
        clock,
        buffers,
        hire: (towardsThem, guest) =>
          hocuspocus.handleConnection(towardsThem, anybodysRequest, { guest }),
        judge: (message) => judgeGuest(message, visitor.store),
        onDenied: count,
        onGone: visits.left,
      }),
    round: () => {
      mishaps.tell();
      neighbours?.round();
      if (saving.isWaiting()) void tryAgain();
    },
    stop: async () => {
      cancelSweep();
      await saving.saveAll(find);
      hocuspocus.flushPendingStores();
      await shelf.settled();
      mishaps.tell();
    },
    stats: () => {
      const { couples, openBytes } = rooms.stats();
      const { documents, bytes } = shelf.totals();
      return {
        couples,
        openDocuments: hocuspocus.documents.size,
        openBytes,
        storedDocuments: documents,
        storedBytes: bytes,
        unsaved: saving.unsaved(),
        refusals,
        mishaps: mishaps.totals(),
      };
    },
  });
};
