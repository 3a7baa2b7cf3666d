import { accept, refuse } from "../../shared/base/result.ts";
import type { UpdateFacts, UpdateOffer, Updates } from "../../shared/bridge/updates.ts";

/**
 * A release host in memory. `wanted`: "none" (or nothing) for a build that looks nowhere, else what a look finds:
 * "newer", "newest", "system", "between", or a code to be refused with.
 */
export const fakeUpdates = (wanted: string | null): Updates & { readonly asked: string[] } => {
  const asked: string[] = [];
  const host = wanted === null || wanted === "none" ? undefined : "releases.example.org";
  let facts: UpdateFacts = { host, weekly: false, offer: undefined };
  const offer: UpdateOffer = {
    version: "0.2.0",
    date: "2026-11-20",
    size: 98_000_000,
    way: "here",
  };
  const found: Readonly<Record<string, UpdateOffer | undefined>> = {
    newer: offer,
    newest: undefined,
    system: { ...offer, size: 0, way: "system" },
    between: { ...offer, size: 0, way: "between" },
  };
  const look = async () => {
    asked.push("look");
    if (host === undefined || wanted === null) return refuse("NO_RELEASE_PLACE");
    if (!(wanted in found)) return refuse(wanted as "NOT_REACHED");
    facts = { ...facts, offer: found[wanted] };
    return accept(facts.offer);
  };
  return {
    asked,
    facts: async () => facts,
    look,
    lookWeekly: async (on) => {
      asked.push(`weekly ${on}`);
      facts = { ...facts, weekly: on };
      return accept(undefined);
    },
    bring: async () => {
      asked.push("bring");
      if (facts.offer?.way !== "here") return refuse("NOTHING_OFFERED");
      facts = { ...facts, offer: { ...facts.offer, way: "brought" } };
      return accept(undefined);
    },
    install: async () => {
      asked.push("install");
      return accept(undefined);
    },
    onChange: () => () => {},
  };
};
