import { systemClock } from "../../shared/base/clock.ts";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { watchReturn } from "../../renderer/carriers/watchReturn.ts";
import {
  createCouple,
  writeBytes,
  type Partner,
  type Relaying,
  type Sizes,
  type Who,
} from "../bench/carriersCouple.ts";
import { createMemoryDisk } from "../support/memoryStores.ts";

/** One person's ledger on a disk in memory, what delivers it, and what brings it back after a cut (openJournal.ts). */
let here: { readonly partner: Partner; readonly carry: () => Promise<void> } | undefined;
const returns: number[] = [];
const ways: string[] = [];

const Real = globalThis.RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Real {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    this.addEventListener("icecandidate", ({ candidate }) => {
      if (candidate?.type) ways.push(`${candidate.type} ${candidate.address ?? ""}`);
    });
  }
};

const desk = () => {
  if (here === undefined) throw new Error("sit down first");
  return here;
};

await loadSodium();
const page = {
  sitDown: async (who: Who, server: string, relaying: Relaying) => {
    const couple = createCouple(4_711);
    const partner = await couple.open(who, createMemoryDisk().start().carried);
    const carrier = couple.carrierOf(who, "webrtc", server, relaying);
    here = {
      partner,
      carry: () => partner.delivery.carryWith([{ peer: partner.shelf.chains.partner, carrier }]),
    };
    watchReturn(window, systemClock, () => {
      returns.push(Date.now());
      void desk().carry();
    });
  },
  carry: () => desk().carry(),
  write: (sizes: Sizes, bytes: number) => writeBytes(desk().partner, sizes, bytes),
  heard: () => desk().partner.heard(),
  troubles: () => desk().partner.troubles,
  acked: () => {
    const { delivery, shelf } = desk().partner;
    return delivery.acked.read().upTo(shelf.chains.mine);
  },
  returns: () => returns,
  ways: () => ways,
};
export type BadLinksPage = typeof page;

Object.assign(globalThis, { links: page });
