import { fromHex, toHex } from "../../shared/base/bytes.ts";
import type { DeviceId, NotebookId, SpaceId } from "../../shared/base/ids.ts";
import { hash, keyedHash, keyedHash64 } from "../../shared/crypto/hash.ts";
import {
  ed25519PublicOf,
  ed25519Secret,
  x25519Public,
  x25519PublicOf,
  x25519Secret,
  xwingPublicOf,
  xwingSecret,
} from "../../shared/crypto/keys.ts";
import { padmeLength } from "../../shared/crypto/padme.ts";
import { genesisId } from "../../shared/envelope/message.ts";
import { authKey } from "../../shared/envelope/tags.ts";
import { makeCertificate } from "../../shared/people/certificate.ts";
import { safetyWords, sasCommitment } from "../../shared/people/safetyWords.ts";
import { compare, type VectorCase } from "./tf1Case.ts";
import type { VectorDevice, VectorFile } from "./tf1File.ts";

/** Everything that is not an envelope and needs no passphrase. */
export const keyCases = (file: VectorFile): readonly VectorCase[] => [
  ...Object.entries(file.devices).map(([name, device]) => deviceCase(name, device)),
  ...hashCases(file),
  ...file.padme.map(([length, padded]) => ({
    name: `padme: ${length} bytes`,
    differences: () => compare([["padded length", padded, padmeLength(length)]]),
  })),
  ...genesisCase(file),
  ...authCases(file),
  ...sasCase(file),
];

const deviceCase = (name: string, device: VectorDevice): VectorCase => ({
  name: `devices: ${name}`,
  differences: () => {
    const ed25519 = ed25519Secret(fromHex(device.ed25519_seed));
    const x25519 = x25519Secret(fromHex(device.x25519_secret));
    const xwing = xwingSecret(fromHex(device.xwing_seed));
    return compare([
      ["ed25519_public", device.ed25519_public, toHex(ed25519PublicOf(ed25519))],
      ["x25519_public", device.x25519_public, toHex(x25519PublicOf(x25519))],
      ["xwing_public", device.xwing_public, toHex(xwingPublicOf(xwing))],
      [
        "device_id",
        device.device_id,
        makeCertificate({ identity: ed25519, ed25519, x25519, xwing }).device,
      ],
    ]);
  },
});

const hashCases = ({ hash: vectors }: VectorFile): readonly VectorCase[] => {
  if (vectors === undefined) return [];
  const { H, K } = vectors;
  return [
    {
      name: "hash: H",
      differences: () => compare([["out", H.out, toHex(hash(H.label, ...H.parts.map(fromHex)))]]),
    },
    {
      name: "hash: K",
      differences: () => {
        const parts = K.parts.map(fromHex);
        return compare([
          ["out", K.out, toHex(keyedHash(fromHex(K.key), K.label, ...parts))],
          ["out64", K.out64, toHex(keyedHash64(fromHex(K.key), K.label, ...parts))],
        ]);
      },
    },
  ];
};

const genesisCase = ({ genesis, devices }: VectorFile): readonly VectorCase[] => {
  const device = devices[genesis?.device ?? ""];
  if (genesis === undefined || device === undefined) return [];
  const { space, notebook, out } = genesis;
  const id = () =>
    genesisId(space as SpaceId, notebook as NotebookId, device.device_id as DeviceId);
  return [{ name: "genesis", differences: () => compare([["out", out, id()]]) }];
};

/** Both ends have to come to the same key. */
const authCases = ({ auth_key: vector, devices }: VectorFile): readonly VectorCase[] => {
  const author = devices[vector?.author ?? ""];
  const recipient = devices[vector?.recipient ?? ""];
  if (vector === undefined || author === undefined || recipient === undefined) return [];
  const from = (mine: VectorDevice, theirs: VectorDevice): string => {
    const key = authKey(
      { author: author.device_id as DeviceId, recipient: recipient.device_id as DeviceId },
      x25519Secret(fromHex(mine.x25519_secret)),
      x25519Public(fromHex(theirs.x25519_public)),
    );
    return key.ok ? toHex(key.value) : key.code;
  };
  return [
    {
      name: "auth_key: as its author makes it",
      differences: () => compare([["out", vector.out, from(author, recipient)]]),
    },
    {
      name: "auth_key: as its recipient makes it",
      differences: () => compare([["out", vector.out, from(recipient, author)]]),
    },
  ];
};

const sasCase = ({ sas }: VectorFile): readonly VectorCase[] => {
  if (sas === undefined) return [];
  const handshake = fromHex(sas.handshake_hash);
  const nonceA = fromHex(sas.nonce_A);
  const words = () =>
    safetyWords(
      handshake,
      nonceA,
      fromHex(sas.nonce_B),
      sas.id_A as DeviceId,
      sas.id_B as DeviceId,
    );
  return [
    {
      name: "sas",
      differences: () =>
        compare([
          ["commitment", sas.commitment, toHex(sasCommitment(handshake, nonceA))],
          ["words", sas.words, words().join(" ")],
        ]),
    },
  ];
};
