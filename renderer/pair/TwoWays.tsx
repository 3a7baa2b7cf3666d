import { useState } from "react";
import { Invite } from "./Invite.tsx";
import { Join } from "./Join.tsx";
import type { How, Pairing } from "./usePairing.ts";

type TwoWaysProps = { readonly pairing: Pairing; readonly how?: How };

/** To invite, or to take an invitation. */
export const TwoWays = ({ pairing, how }: TwoWaysProps) => {
  const [read, setRead] = useState(() =>
    pairing.offered === undefined ? undefined : pairing.desk.read(pairing.offered),
  );
  return (
    <div className="two-ways">
      <Invite pairing={pairing} how={how} leads={read?.ok !== true} />
      <Join pairing={pairing} how={how} read={read} onRead={setRead} />
    </div>
  );
};
