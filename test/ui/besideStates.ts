import type { PairingView } from "../../shared/journal/journal.ts";
import { inTurn, press, type ScreenState, see, set, type Step } from "./stateSteps.ts";

const many = set((journal) => journal.set.computers({ mine: 1, theirs: 2, mayAdd: true }));
const full = set((journal) => journal.set.computers({ mine: 3, theirs: 1, mayAdd: false }));
const known = set((journal) => void journal.changeSettings({ computersKnown: 2 }));

const reach =
  (view: PairingView): Step =>
  (page) =>
    page.evaluate((next) => window.scene.journal.set.pairing(next), view);
const words = (meeting: "adds" | "joins"): Step =>
  inTurn(
    reach({
      step: "words",
      words: ["orbit", "velvet", "canyon", "humble"],
      confirmed: false,
      meeting,
      otherKeys: false,
    }),
    see(".meeting-means"),
  );
const lostWords = inTurn(
  reach({
    step: "words",
    words: ["orbit", "velvet", "canyon", "humble"],
    confirmed: false,
    meeting: "mine",
    otherKeys: false,
  }),
  see(".meeting-means"),
);
const open: Step = inTurn(
  press("Go on"),
  (page) => page.getByLabel("The passphrase of this journal", { exact: true }).fill("open sesame"),
  press("Go on"),
);
const invite = inTurn(press("Go on"), press("Make an invitation"), see(".qr"));
const inviteAdding = inTurn(open, press("Make an invitation"), see(".qr"));
const done = inTurn(press("They are the same"), see("main h1:text-matches('has joined')"));
const end = (code: "OTHER_PURPOSE" | "TOO_MANY"): Step =>
  inTurn(reach({ step: "ended", code }), see(".trouble"));

const at = (what: string, place: string, act?: Step, alone = false): ScreenState => ({
  name: `beside-${what}`,
  query: alone ? "?partner=none&pages=none" : "",
  place,
  ready: "main h1",
  ...(act === undefined ? {} : { act }),
});
const adds = (what: string, act?: Step) => at(`adds${what}`, "/pair/own", act);
const joins = (what: string, act?: Step) => at(`joins${what}`, "/pair/join-own", act, true);

const inSettings = (what: string, title: string, act?: Step, query = ""): ScreenState => ({
  name: `beside-settings-${what}`,
  query,
  place: "/settings",
  ready: "main h2",
  part: `section.setting:has(> h2:text-is('${title}'))`,
  ...(act === undefined ? {} : { act }),
});

/** More than one computer of one person: adding one, joining with it, and what the others are told. */
export const besideStates: readonly ScreenState[] = [
  inSettings("one", "Your computers"),
  inSettings("more", "Your computers", many),
  inSettings("full", "Your computers", full),
  inSettings("alone", "Your computers", undefined, "?partner=none"),
  inSettings("partner", "The two of you", inTurn(many, known)),
  at("pair", "/pair", undefined, true),
  adds(""),
  adds("-passphrase", press("Go on")),
  adds("-ways", open),
  adds("-invited", inviteAdding),
  adds("-words", inTurn(inviteAdding, words("adds"))),
  adds("-done", inTurn(inviteAdding, words("adds"), done)),
  adds("-other-purpose", inTurn(inviteAdding, end("OTHER_PURPOSE"))),
  adds("-too-many", inTurn(inviteAdding, end("TOO_MANY"))),
  at(
    "adds-full",
    "/journal",
    inTurn(full, (page) => page.evaluate(() => (location.hash = "/pair/own"))),
  ),
  joins(""),
  joins("-ways", press("Go on")),
  joins("-words", inTurn(invite, words("joins"))),
  joins("-done", inTurn(invite, words("joins"), done)),
  at(
    "other-purpose",
    "/pair",
    inTurn(press("Make an invitation"), see(".qr"), end("OTHER_PURPOSE")),
    true,
  ),
  at("lost", "/pair/lost", inTurn(many, known)),
  at("lost-ways", "/pair/lost", inTurn(many, known, press("Go on"))),
  at("lost-words", "/pair/lost", inTurn(many, known, invite, lostWords)),
  at("lost-none", "/pair/lost"),
  at("again", "/pair/again", inTurn(many, known)),
  { ...at("notice", "/journal", inTurn(many, see(".notice"))), ready: ".line" },
  at("ending", "/settings/ending", inTurn(many, known)),
];
