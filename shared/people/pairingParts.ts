import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { Certificate } from "./certificate.ts";
import type { Invitation } from "./invitation.ts";
import type { PersonKeys } from "./person.ts";
import type { Couple } from "./space.ts";
import type { PersonOfMine, Standing } from "./standing.ts";

export type PairingParts = {
  readonly invitation: Invitation;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  /** My own, as the partner will see it: a clean name (name.ts). Nobody's where this computer joins another. */
  readonly name: string;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Puts the couple on disk; false when that did not work, and then nothing of it is there. Its bytes belong to
   * the caller only once the view says `done`; if it ends otherwise they are wiped. `person`, only where this computer
   * joins another: whose it is from then on, by the same rule.
   */
  readonly store: (couple: Couple, person?: PersonOfMine) => Promise<boolean>;
  /** Takes back what `store` put there. Called at most once, after `store` resolved true; never rejects. */
  readonly withdraw: () => Promise<void>;
};
