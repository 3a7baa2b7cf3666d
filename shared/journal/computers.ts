import { createCell, type Live } from "../base/live.ts";
import type { KeyringContent } from "../people/keyringContent.ts";
import { mostInUse } from "../people/space.ts";
import type { Computers } from "./journal.ts";
import type { KeyringKeeper } from "./keys/keyringKeeper.ts";

/** `mayMeet`: nothing that is shared is paused, and something of the partner's has come. */
export const createComputers = (keyring: KeyringKeeper, mayMeet: () => boolean) => {
  const computers = createCell<Computers>({ mine: 0, theirs: 0, mayAdd: false });
  const look = (): void => {
    const [was, now] = [computers.read(), computersIn(keyring.content.read(), mayMeet())];
    if (was.mine !== now.mine || was.theirs !== now.theirs || was.mayAdd !== now.mayAdd)
      computers.set(now);
  };
  const stop = keyring.content.subscribe(look);
  return { live: computers satisfies Live<Computers>, look, stop };
};

const computersIn = ({ couple, past }: KeyringContent, mayMeet: boolean): Computers => {
  if (couple === undefined || past !== undefined) return { mine: 0, theirs: 0, mayAdd: false };
  const { beside = [], before } = couple;
  const mine = beside.filter(({ owner }) => owner === "me").length;
  return {
    mine,
    theirs: 1 + beside.length - mine,
    mayAdd: mayMeet && before?.unmet !== true && 1 + mine < mostInUse,
  };
};
