import type { Cell } from "../../base/live.ts";
import type { KeyringContent } from "../../people/keyringContent.ts";
import { roles, type Journal, type Me, type Role } from "../journal.ts";
import type { KeyringKeeper } from "./keyringKeeper.ts";

export const readMe = ({ name, role }: KeyringContent): Me => ({
  name,
  role: roles.find((known): known is Role => known === role) ?? "neither",
});

/** The name goes to a partner at pairing; the role never does. */
export const createMe = (
  keyring: KeyringKeeper,
  me: Cell<Me>,
): Pick<Journal, "me" | "changeMe"> => ({
  me,
  changeMe: async (change) => {
    const next = { ...me.read(), ...change };
    const saved = await keyring.change((now) => ({ ...now, name: next.name, role: next.role }));
    if (saved.ok) me.set(next);
    return saved;
  },
});
