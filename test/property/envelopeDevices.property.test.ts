import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadSodium } from "../../shared/crypto/sodium.ts";
import { encodeRedaction } from "../../shared/envelope/redaction.ts";
import { cutsOfSeq, houseOf, redactionBy, type House } from "../unit/envelopeDevicesKit.ts";
import {
  admissionFor,
  at,
  rosterEntry,
  seenOf,
  write,
  writeChain,
  type Written,
} from "../unit/envelopeKit.ts";

let house: House;
/** What a changed app, a thief and an honest one could send in the name of each device, two stories of each chain. */
let pool: readonly Written[];

beforeAll(async () => {
  await loadSodium();
  house = houseOf("hostile devices");
  const { couple, old, fresh, adas } = house;
  const readers = [old, fresh, couple.ben].map(rosterEntry);
  const chains = [1, 2].flatMap(() => [
    writeChain(couple, old, adas, 5),
    writeChain(couple, fresh, adas, 4),
    writeChain(couple, couple.ben, couple.bens, 4),
    writeChain(couple, old, couple.ours, 3),
  ]);
  const all = chains.flat();
  const seeing = all.flatMap((one) =>
    [old, fresh].map((author) =>
      write(couple, author, adas, { seen: [seenOf(one)], text: "saw", readers }),
    ),
  );
  const [ofOld, ofFresh] = [at(chains, 0), at(chains, 1)];
  const redactions = [old, fresh, couple.ben].flatMap((author) => [
    redactionBy(house, author, ofOld.slice(1, 3), { seen: [seenOf(at(ofOld, 4))] }),
    redactionBy(house, author, ofOld.slice(4), { seen: [seenOf(at(ofOld, 3))] }),
    redactionBy(house, author, ofFresh.slice(1, 2)),
    redactionBy(house, author, at(chains, 4).slice(1, 2)),
    redactionBy(house, author, [], {
      body: encodeRedaction(ofOld.slice(0, 2).map(({ message }) => message)).subarray(0, 300),
    }),
  ]);
  pool = [...all, ...seeing, ...redactions];
});

const cut = 3;

test("nothing that is sent, in whatever order and in whoever's name, throws, passes a cut, or speaks for the computer in use", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(200), { maxLength: 12 }), { maxLength: 12 }),
      (deliveries) => {
        const { couple, old, fresh, adas, rules } = house;
        const cuts = cutsOfSeq(house, cut);
        const gone = { ...rosterEntry(old), cuts };
        const hers = admissionFor(couple, fresh, {
          ...rules,
          selves: [old],
          roster: [
            { ...gone, vouched: cuts },
            { ...rosterEntry(couple.ben), vouched: cuts },
          ],
        });
        const his = admissionFor(couple, couple.ben, {
          ...rules,
          roster: [gone, rosterEntry(fresh)],
        });
        for (const admission of [hers, his]) {
          for (const delivery of deliveries) {
            const sent = delivery.map((index) => at(pool, index % pool.length).envelope);
            const judged = admission.judge(sent);
            expect(judged.outcomes).toHaveLength(sent.length);
            admission.commit(judged);
          }
          for (const { id } of rules.notebooks)
            expect(admission.chains.headOf(id, old.device)?.seq ?? 0).toBeLessThanOrEqual(cut);
        }
        expect(hers.chains.headOf(adas.id, fresh.device)).toBe(undefined);
        expect(hers.chains.isFrozen(adas.id, fresh.device)).toBe(false);
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
