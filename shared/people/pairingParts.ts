import type { Clock } from "../base/clock.ts";
import type { Random } from "../base/random.ts";
import type { Certificate } from "./certificate.ts";
import type { Invitation } from "./invitation.ts";
import type { PersonKeys } from "./person.ts";
import type { Couple } from "./space.ts";
import type { Standing } from "./standing.ts";

export type PairingParts = {
  readonly invitation: Invitation;
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  /** My own, as the partner will see it: a clean name (name.ts). */
  readonly name: string;
  readonly standing: Standing;
  readonly clock: Clock;
  readonly random: Random;
  /**
   * Puts the couple on disk; false when that did not work, and then nothing of it is there. Its bytes belong to
   * the caller only once the view says `done`; if it ends otherwise they are wiped.
   */
  readonly store: (couple: Couple) => Promise<boolean>;
  /** Takes back what `store` put there. Called at most once, after `store` resolved true; never rejects. */
  readonly withdraw: () => Promise<void>;
};
