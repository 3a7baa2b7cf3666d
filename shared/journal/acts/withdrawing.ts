import type { PageId } from "../../base/ids.ts";
import type { Random } from "../../base/random.ts";
import { accept, refuse, type Result } from "../../base/result.ts";
import type { PageKind } from "../../page/card.ts";
import type { Shelf } from "../../page/shelf.ts";
import { practices } from "../../page/practices.ts";
import { practiceKinds } from "../../page/said.ts";
import { isTrace, traceOf } from "../../page/trace.ts";
import type { PageCode } from "../openPage.ts";
import { wordChains } from "../sharedChains.ts";
import type { SharedShelf } from "../sharedShelf.ts";
import { readPage, removePage } from "../pages/writing.ts";

/** A nod is said anew instead. */
export const withdrawableKinds: readonly PageKind[] = [
  "entry",
  "question",
  "answer",
  "told",
  "disclosure",
  "addition",
  "letter",
  "reply",
  "heard",
  "byDay",
  "agreement",
  "promise",
  "outcome",
  ...practiceKinds.filter((kind) => practices[kind].goes !== "alone"),
];

/**
 * Takes the words of a page of mine away, here and there: first a trace that says only that it was withdrawn and
 * when, then every earlier message of the page loses its payload, then the copies in which it was being changed go.
 * Each step can be repeated, and the trace tells the next start that there are steps left.
 */
export const withdrawPage = async (
  drafts: Shelf,
  shared: SharedShelf,
  page: PageId,
  random: Random,
): Promise<Result<void, PageCode>> => {
  const facts = shared.pages.facts.read().get(page);
  if (facts === undefined) return refuse("NO_PAGE");
  if (facts.owner !== shared.chains.people.me) return refuse("NOT_YOURS");
  if (facts.withdrawnAt === undefined) {
    const traced = await writeTrace(shared, page, random);
    if (!traced.ok) return traced;
  }
  const redacted = await redactWords(shared, page, random);
  if (!redacted.ok) return redacted;
  for (const [draft, { changes }] of drafts.pages.facts.read()) {
    if (changes !== page) continue;
    const removed = await removePage(drafts, draft);
    if (!removed.ok) return removed;
  }
  return accept(undefined);
};

const writeTrace = async (
  shared: SharedShelf,
  page: PageId,
  random: Random,
): Promise<Result<void, PageCode>> => {
  const doc = await readPage(shared, page, random);
  if (!doc.ok) return doc;
  const trace = traceOf(doc.value, random);
  doc.value.destroy();
  return shared.write(page, "begin", trace);
};

/**
 * Also of what an earlier computer of mine wrote, as far as its word counts. An editor may have sealed a last pause
 * while the trace was being written: therefore it looks again. What the index already says is not read from the disk,
 * so that a start is not slowed by what was withdrawn long ago.
 */
const redactWords = async (
  { ledger, chains }: Pick<SharedShelf, "ledger" | "chains">,
  page: PageId,
  random: Random,
  looks = 3,
): Promise<Result<void, PageCode>> => {
  const lines = wordChains(chains)
    .filter(({ notebook }) => notebook === chains.mine)
    .flatMap(({ notebook, device, upTo }) => ledger.linesOf(notebook, device).slice(0, upTo))
    .filter((line) => line.page === page);
  const left = lines.filter(
    ({ kind, redacted }) => !redacted && (kind === "snapshot" || kind === "update"),
  );
  if (left.length <= 1 && lines.every(({ leaving }) => !leaving)) return accept(undefined);
  const said = await ledger.messagesOf(chains.mine, chains.people.me, page);
  if (!said.ok) return said;
  const traces = new Set(
    said.value.filter(({ body }) => isTrace(body, random)).map(({ id }) => id),
  );
  const redacted = await ledger.redact(left.filter(({ id }) => !traces.has(id)));
  return redacted.ok && looks > 1
    ? redactWords({ ledger, chains }, page, random, looks - 1)
    : redacted;
};

/** Pages of mine whose withdrawal has begun. */
export const withdrawnPages = (shared: SharedShelf): readonly PageId[] =>
  [...shared.pages.facts.read()]
    .filter(
      ([, { owner, withdrawnAt }]) =>
        withdrawnAt !== undefined && owner === shared.chains.people.me,
    )
    .map(([page]) => page);
