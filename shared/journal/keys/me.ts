import { createCell } from "../../base/live.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";
import { roles, type Journal, type Me, type Role } from "../journal.ts";
import type { KeyringKeeper } from "./keyringKeeper.ts";

const readMe = ({ name, role }: KeyringContent): Me => ({
  name,
  role: roles.find((known): known is Role => known === role) ?? "neither",
});

/**
 * As the keyring has it: a computer that joins another is that one's person from then on. The name goes to a partner
 * at pairing; the role goes to nobody but a computer of one's own.
 */
export const createMe = (
  keyring: KeyringKeeper,
): {
  readonly now: Journal["me"];
  readonly change: Journal["changeMe"];
  readonly stop: () => void;
} => {
  const me = createCell<Me>(readMe(keyring.content.read()));
  const stop = keyring.content.subscribe(() => {
    const [was, now] = [me.read(), readMe(keyring.content.read())];
    if (was.name !== now.name || was.role !== now.role) me.set(now);
  });
  return {
    now: me,
    stop,
    change: (change) => {
      const next = { ...me.read(), ...change };
      return keyring.change((now) => ({ ...now, name: next.name, role: next.role }));
    },
  };
};
