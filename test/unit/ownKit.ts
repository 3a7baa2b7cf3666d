import { type DeviceId, idFrom, type MessageId, type SpaceId } from "../../shared/base/ids.ts";
import { x25519Secret } from "../../shared/crypto/keys.ts";
import type { ChainHead } from "../../shared/envelope/chain.ts";
import { carriedNotebookKey } from "../../shared/envelope/envelope.ts";
import { type Certificate, makeCertificate } from "../../shared/people/certificate.ts";
import { renewDevice } from "../../shared/people/person.ts";
import { type Couple, type GoneDevice, notebookSecret } from "../../shared/people/space.ts";
import type { PersonOfMine, Standing } from "../../shared/people/standing.ts";
import { makePerson, namedRandom, type TestPerson } from "../support/pairingPeople.ts";

/**
 * Mara at one of her computers, of a journal with a past: each has had a computer before, she uses an older and a
 * younger one beside this, and Jonas uses two. `fresh` is new, and has made an identity of its own that is thrown away.
 */
export type OwnWorld = {
  readonly mara: TestPerson;
  readonly fresh: TestPerson;
  readonly jonas: TestPerson;
  readonly older: Certificate;
  readonly younger: Certificate;
  readonly jonas2: Certificate;
  readonly gone: readonly GoneDevice[];
  readonly couple: Couple;
  readonly person: PersonOfMine;
  readonly heads: readonly ChainHead[];
  readonly standing: Extract<Standing, { kind: "adds" }>;
  /** How often the heads were asked for. */
  readonly asked: () => number;
};

export const another = (person: TestPerson, seed: string): TestPerson => {
  const keys = renewDevice(person.keys, namedRandom(`${person.name} ${seed}`));
  return { ...person, keys, certificate: makeCertificate(keys) };
};

export const ownWorld = (): OwnWorld => {
  const draw = namedRandom("own world");
  const [mara, jonas, fresh] = [makePerson("Mara"), makePerson("Jonas"), makePerson("new")];
  const [maraGone, jonasGone] = [another(mara, "gone"), another(jonas, "gone")];
  const [older, younger] = [another(mara, "older"), another(mara, "younger")];
  const jonas2 = another(jonas, "2");
  const [mine, theirs, ours] = [draw(48), draw(48), draw(48)].map(notebookSecret);
  if (!mine || !theirs || !ours) throw new Error("three notebooks");
  const cutsAt = (seq: number) =>
    new Map([
      [mine.id, seq],
      [ours.id, seq],
    ]);
  const gone: readonly GoneDevice[] = [
    {
      ...{ owner: "me", device: maraGone.certificate.device, x25519: maraGone.certificate.x25519 },
      secret: x25519Secret(maraGone.keys.x25519.slice()),
      cuts: cutsAt(5),
    },
    {
      ...{ owner: "partner", device: jonasGone.certificate.device },
      ...{ x25519: jonasGone.certificate.x25519, cuts: new Map([[theirs.id, 4]]) },
    },
  ];
  const couple: Couple = {
    ...{ space: idFrom<SpaceId>(draw(16)), crk: draw(32), epoch: 2 },
    partner: { name: "Jonas", certificate: jonas.certificate },
    notebooks: { mine, theirs, ours },
    before: {
      keys: [
        {
          ...{ mine: carriedNotebookKey(draw(32)), theirs: carriedNotebookKey(draw(32)) },
          ours: carriedNotebookKey(draw(32)),
        },
      ],
      devices: gone,
      vouched: [{ device: maraGone.certificate.device, notebook: mine.id, seq: 2 }],
      unmet: false,
    },
    beside: [
      { owner: "me", certificate: older.certificate, older: true },
      { owner: "me", certificate: younger.certificate, older: false },
      { owner: "partner", certificate: jonas2.certificate, older: false },
    ],
  };
  const head = (device: DeviceId, notebook: ChainHead["notebook"], seq: number): ChainHead => ({
    ...{ device, notebook, seq },
    id: idFrom<MessageId>(new Uint8Array(32).fill(seq)),
  });
  const heads = [
    head(maraGone.certificate.device, mine.id, 5),
    head(jonasGone.certificate.device, theirs.id, 4),
    ...[mara, older, younger].map(({ certificate }) => head(certificate.device, mine.id, 9)),
    ...[jonas, jonas2].map(({ certificate }) => head(certificate.device, theirs.id, 8)),
    head(jonas2.certificate.device, ours.id, 7),
  ];
  let count = 0;
  const person = { name: "Mara", role: "hurt", identity: mara.keys.identity };
  return {
    ...{ mara, fresh, jonas, gone, couple, person, heads },
    ...{ older: older.certificate, younger: younger.certificate, jonas2: jonas2.certificate },
    standing: {
      ...{ kind: "adds", couple, person },
      heads: () => {
        count += 1;
        return heads;
      },
    },
    asked: () => count,
  };
};
