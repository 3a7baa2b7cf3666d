import type { Random } from "../../../shared/base/random.ts";
import { makeCertificate, type Certificate } from "../../../shared/people/certificate.ts";
import { makePersonKeys, type PersonKeys } from "../../../shared/people/person.ts";
import { notebookSecret, spaceIdOf, type Couple } from "../../../shared/people/space.ts";

export type Side = {
  readonly keys: PersonKeys;
  readonly certificate: Certificate;
  readonly couple: Couple;
};

/** Two who have met, with the keys of both. */
export const makeCouple = (random: Random): { readonly anna: Side; readonly sam: Side } => {
  const keys = { anna: makePersonKeys(random), sam: makePersonKeys(random) };
  const certificates = { anna: makeCertificate(keys.anna), sam: makeCertificate(keys.sam) };
  const crk = random(32);
  const secret = () => notebookSecret(random(48));
  const [annas, sams, ours] = [secret(), secret(), secret()];
  const of = (name: string, partner: Certificate, mine: typeof annas, theirs: typeof annas) => ({
    space: spaceIdOf(crk),
    crk: crk.slice(),
    epoch: 1,
    partner: { name, certificate: partner },
    notebooks: { mine, theirs, ours },
  });
  return {
    anna: {
      keys: keys.anna,
      certificate: certificates.anna,
      couple: of("Sam", certificates.sam, annas, sams),
    },
    sam: {
      keys: keys.sam,
      certificate: certificates.sam,
      couple: of("Anna", certificates.anna, sams, annas),
    },
  };
};
