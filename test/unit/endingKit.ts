import type { FileSink } from "../../shared/base/files.ts";
import { equalBytes } from "../../shared/base/bytes.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { EndingChoice } from "../../shared/journal/ending.ts";
import type { LedgerStores } from "../../shared/ledger/stores.ts";
import { parseKeyringContent, type KeyringContent } from "../../shared/people/keyringContent.ts";
import type { Couple } from "../../shared/people/space.ts";
import { openEnvelope } from "../../shared/envelope/open.ts";
import {
  createTwoPartners,
  must,
  shareEntry,
  wordsOf,
  writeDraft,
  type Desk,
  type TwoPartners,
} from "../support/twoPartners.ts";

export const dayMs = 24 * 60 * 60 * 1000;

/** Anna and Sam, with an entry of each, and a question of Sam's that Anna has answered. All of it has arrived. */
export const writtenTogether = async (
  seed: number,
): Promise<TwoPartners & { readonly couple: Couple }> => {
  const partners = await createTwoPartners({ seed });
  const { anna, sam, settle } = partners;
  const { couple } = keyringOf(anna);
  if (couple === undefined) throw new Error("not paired");
  await shareEntry(anna.journal(), "amber words of anna");
  await shareEntry(sam.journal(), "cobalt words of sam");
  const asked = must(await sam.journal().draftQuestion());
  await writeDraft(sam.journal(), asked, "cobalt question of sam");
  const question = must(await sam.journal().share(asked));
  await settle();
  const answer = must(await anna.journal().draftAnswer(question));
  await writeDraft(anna.journal(), answer, "amber answer of anna");
  must(await anna.journal().share(answer));
  await settle();
  return { ...partners, couple };
};

export const keyringOf = (desk: Desk): KeyringContent => must(parseKeyringContent(desk.keyring()));

/** Ends it while the clock goes on: a last message has some seconds. */
export const end = async (
  { settle }: Pick<TwoPartners, "settle">,
  desk: Desk,
  choice: EndingChoice,
): Promise<void> => {
  const ending = desk.journal().ending.end(choice);
  await settle(12);
  must(await ending);
};

/** A file that stays open: the last message has its seconds for as long as a test needs them. */
export const neverDone: FileSink = {
  write: () => new Promise(() => {}),
  finish: () => new Promise(() => {}),
  abort: async () => {},
};

export const quietly: EndingChoice = { tell: false, theirWords: "later" };

/** The words of every page that stands in the lists and can be opened. */
export const readable = async (desk: Desk): Promise<string> => {
  const journal = desk.journal();
  const words: string[] = [];
  for (const { id } of journal.cards.read()) {
    await journal.openClosed(id);
    const page = await journal.openPage(id);
    if (!page.ok) continue;
    words.push(wordsOf(page.value));
    await page.value.close();
  }
  return words.join("\n");
};

/** Envelopes on this disk that the couple's keys of before the ending would open, by whose notebook they are in. */
export const envelopesOf = async (
  { volumes }: LedgerStores,
  { notebooks }: Couple,
): Promise<Record<"mine" | "theirs" | "ours" | "nobodys", number>> => {
  const found = { mine: 0, theirs: 0, ours: 0, nobodys: 0 };
  for (const number of must(await volumes.list())) {
    const volume = must(await volumes.open(number));
    for (const key of volume.keys()) {
      const envelope = volume.get(key);
      const names = (["mine", "theirs", "ours"] as const).filter(
        (name) =>
          envelope !== undefined &&
          openEnvelope(envelope, [{ notebook: notebooks[name].id, key: notebooks[name].key }]).ok,
      );
      found[names[0] ?? "nobodys"] += 1;
    }
    await volume.close();
  }
  return found;
};

/** Whether these bytes stand anywhere in the others. */
export const holds = (bytes: Uint8Array, part: Uint8Array): boolean => {
  for (let at = 0; at + part.length <= bytes.length; at++)
    if (equalBytes(bytes.subarray(at, at + part.length), part)) return true;
  return false;
};

export const cardsBy = (desk: Desk, author: "me" | "partner"): readonly PageId[] =>
  desk
    .journal()
    .cards.read()
    .filter((card) => card.author === author)
    .map(({ id }) => id);
