import { useEffect, useState } from "react";
import type { BaseLocationHook } from "wouter";
import { memoryLocation } from "wouter/memory-location";

/**
 * Where one is in the journal, in memory only. A browser writes every address that it shows into its history,
 * with the time: there it would stand when my room or a question was looked at. An address that somebody types
 * or follows (#/pair) is taken in and leaves the bar at once.
 */
export const usePlaces = (): BaseLocationHook => {
  const [{ hook, navigate }] = useState(() => memoryLocation({ path: takeAddress() ?? "/" }));
  useEffect(() => {
    const follow = (): void => {
      const path = takeAddress();
      if (path !== undefined) navigate(path);
    };
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [navigate]);
  return hook;
};

const takeAddress = (): string | undefined => {
  const { hash } = window.location;
  if (!hash.startsWith("#/") || hash === "#/") return undefined;
  window.history.replaceState(null, "", "#/");
  return hash.slice(1);
};

/** What a link shows while it is pointed at; following it never reaches the address bar. */
export const asHash = (path: string): string => `#${path}`;
