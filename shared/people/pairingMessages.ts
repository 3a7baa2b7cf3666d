import { concatBytes } from "../base/bytes.ts";
import { accept, refuse, type Result } from "../base/result.ts";
import { aeadTagLength } from "../crypto/aead.ts";
import { keyLengths, xwingCiphertext, type XWingCiphertext } from "../crypto/keys.ts";
import type { PairingCode } from "./codes.ts";
import { readFields } from "./fields.ts";
import { paddedName, readPaddedName } from "./paddedName.ts";
import {
  type NotebookSecret,
  notebookSecret,
  notebookSecretBytes,
  notebookSecretLength,
} from "./space.ts";
import { type SaidStanding, standingFields, standingFrom } from "./standing.ts";

/**
 * What the two say inside the Noise transport while pairing: `kind u8 ‖ fields`, every kind but 5 of one fixed length.
 *   1 commit     H("TF/1 sas commit", h, nA) 32         inviter
 *   2 nonce      nA or nB 16
 *   3 confirmed                                         this person said that the words are the same
 *   4 share      r32 | X-Wing ciphertext 1120
 *   5 material   nonce24 | sealed (below)
 *   6 ready                                             I hold all of yours
 *   7 stored                                            it is on my disk
 *   8 done                                              I know that it is on yours
 *   9 standing   standing u8 (0 first, 1 stays, 2 anew, 3 adds, 4 joins) | space16, zeros for first and joins; each
 *                side's first message
 *   15 end       code u8
 * Material, before sealing, at a first meeting (else: meetingClaims.ts from the newcomer, meetingAccount.ts to it, or
 * ownAccount.ts to another computer of the same person):
 *   own notebook id16 key32 | the common notebook id16 key32 (inviter only) | name u16 length, UTF-8, zeros to 320.
 */
export type PairingMessage =
  | { readonly kind: "commit"; readonly commitment: Uint8Array }
  | { readonly kind: "nonce"; readonly nonce: Uint8Array }
  | { readonly kind: "confirmed" }
  | { readonly kind: "share"; readonly random: Uint8Array; readonly ciphertext: XWingCiphertext }
  | { readonly kind: "material"; readonly nonce: Uint8Array; readonly sealed: Uint8Array }
  | { readonly kind: "ready" }
  | { readonly kind: "stored" }
  | { readonly kind: "done" }
  | { readonly kind: "standing"; readonly said: SaidStanding }
  | { readonly kind: "end"; readonly code: EndCode };

/** The endings that one side tells the other. */
export type EndCode = Extract<
  PairingCode,
  | "USED"
  | "DIFFER"
  | "CANCELLED"
  | "NOT_SAVED"
  | "JUNK"
  | "VANISHED"
  | "ALREADY_PAIRED"
  | "OTHER_JOURNAL"
  | "OTHER_PURPOSE"
  | "TOO_MANY"
  | "WORN_OUT"
>;

const kinds = {
  commit: 1,
  nonce: 2,
  confirmed: 3,
  share: 4,
  material: 5,
  ready: 6,
  stored: 7,
  done: 8,
  standing: 9,
  end: 15,
} as const satisfies Record<PairingMessage["kind"], number>;

const endCodes: readonly EndCode[] = [
  "USED",
  "DIFFER",
  "CANCELLED",
  "NOT_SAVED",
  "JUNK",
  "VANISHED",
  "ALREADY_PAIRED",
  "OTHER_JOURNAL",
  "OTHER_PURPOSE",
  "TOO_MANY",
  "WORN_OUT",
];

export const writePairingMessage = (message: PairingMessage): Uint8Array =>
  concatBytes(Uint8Array.of(kinds[message.kind]), ...fieldsOf(message));

const fieldsOf = (message: PairingMessage): readonly Uint8Array[] => {
  switch (message.kind) {
    case "commit":
      return [message.commitment];
    case "nonce":
      return [message.nonce];
    case "share":
      return [message.random, message.ciphertext];
    case "material":
      return [message.nonce, message.sealed];
    case "standing":
      return standingFields(message.said);
    case "end":
      return [Uint8Array.of(endCodes.indexOf(message.code) + 1)];
    default:
      return [];
  }
};

export const parsePairingMessage = (bytes: Uint8Array): Result<PairingMessage, "JUNK"> => {
  const fields = readFields(bytes);
  const kind = fields.u8();
  const found = fixedKinds.find((name) => kinds[name] === kind);
  if (found !== undefined) return fields.complete() ? accept({ kind: found }) : refuse("JUNK");
  switch (kind) {
    case kinds.commit: {
      const commitment = fields.take(32);
      return fields.complete() ? accept({ kind: "commit", commitment }) : refuse("JUNK");
    }
    case kinds.nonce: {
      const nonce = fields.take(16);
      return fields.complete() ? accept({ kind: "nonce", nonce }) : refuse("JUNK");
    }
    case kinds.share: {
      const random = fields.take(32);
      const ciphertext = fields.take(keyLengths.xwingCiphertext);
      if (!fields.complete()) return refuse("JUNK");
      return accept({ kind: "share", random, ciphertext: xwingCiphertext(ciphertext) });
    }
    case kinds.material: {
      const nonce = fields.take(24);
      const sealed = fields.take(bytes.length - 25);
      const fits = sealed.length > aeadTagLength && sealed.length <= longestSealed;
      return fits && fields.complete()
        ? accept({ kind: "material", nonce, sealed })
        : refuse("JUNK");
    }
    case kinds.standing: {
      const said = standingFrom(fields.u8(), fields.take(16));
      return said !== undefined && fields.complete()
        ? accept({ kind: "standing", said })
        : refuse("JUNK");
    }
    case kinds.end: {
      const code = endCodes[fields.u8() - 1];
      return code !== undefined && fields.complete()
        ? accept({ kind: "end", code })
        : refuse("JUNK");
    }
    default:
      return refuse("JUNK");
  }
};

const fixedKinds = ["confirmed", "ready", "stored", "done"] as const;

/** What one side adds to the couple. Only the inviter brings `ours`, so that there is one of it. */
export type PairingMaterial = {
  readonly name: string;
  readonly mine: NotebookSecret;
  readonly ours: NotebookSecret | undefined;
};

/** Of the sealed bytes of one material: what a Noise message holds, less kind and nonce. */
const longestSealed = 65_519 - 25;

/** Throws on a name that is not clean. */
export const writeMaterial = ({ name, mine, ours }: PairingMaterial): Uint8Array => {
  return concatBytes(
    notebookSecretBytes(mine),
    ...(ours === undefined ? [] : [notebookSecretBytes(ours)]),
    paddedName(name),
  );
};

export const parseMaterial = (
  bytes: Uint8Array,
  from: "inviter" | "joiner",
): Result<PairingMaterial, "JUNK"> => {
  const fields = readFields(bytes);
  const mine = fields.take(notebookSecretLength);
  const ours = from === "inviter" ? fields.take(notebookSecretLength) : undefined;
  const name = readPaddedName(fields);
  if (!fields.complete()) return refuse("JUNK", "layout");
  if (name === undefined) return refuse("JUNK", "name");
  return accept({
    name,
    mine: notebookSecret(mine),
    ours: ours && notebookSecret(ours),
  });
};
