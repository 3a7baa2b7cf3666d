import { useState } from "react";
import type { AddingDesk } from "../../shared/journal/journal.ts";
import { Invite } from "./Invite.tsx";
import { Join } from "./Join.tsx";
import type { How, Pairing } from "./usePairing.ts";

type TwoWaysProps = {
  readonly pairing: Pairing;
  readonly how?: How;
  /** By which of the two it is done. */
  readonly ways: AddingDesk;
};

/** To invite, or to take an invitation. */
export const TwoWays = ({ pairing, how, ways }: TwoWaysProps) => {
  const [read, setRead] = useState(() =>
    pairing.offered === undefined ? undefined : pairing.desk.read(pairing.offered),
  );
  return (
    <div className="two-ways">
      <Invite pairing={pairing} how={how} ways={ways} leads={read?.ok !== true} />
      <Join pairing={pairing} how={how} ways={ways} read={read} onRead={setRead} />
    </div>
  );
};
