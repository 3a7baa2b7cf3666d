import {
  fill,
  inTurn,
  keys,
  pick,
  press,
  type ScreenState,
  see,
  set,
  type Step,
} from "./stateSteps.ts";

const files =
  (...chosen: readonly (readonly [string, string])[]): Step =>
  async (page) => {
    const choosing = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Choose files…", exact: true }).click();
    await (
      await choosing
    ).setFiles(chosen.map(([name, words]) => ({ name, mimeType: "", buffer: Buffer.from(words) })));
  };
const name = "twofold-2026-11-19.twofold";
const taken = inTurn(files([name, "capsule one"]), see("text=is here now"));
const refused = (code: string): Step => inTurn(files([name, code]), see(".trouble"));

const capsule = (what: string, act?: Step, query?: string): ScreenState => ({
  name: what === "" ? "capsule" : `capsule-${what}`,
  place: "/capsule",
  ready: "h1:text-is('Send or open a file')",
  ...(act === undefined ? {} : { act }),
  ...(query === undefined ? {} : { query }),
});

const mailbox = (what: string, act?: Step, query?: string): ScreenState => ({
  name: what === "" ? "settings-mailbox" : `settings-mailbox-${what}`,
  place: "/settings",
  ready: "main h2",
  part: "section.setting:has(> h2:text-is('Mailbox'))",
  ...(act === undefined ? {} : { act }),
  ...(query === undefined ? {} : { query }),
});
const add = (address: string): Step => inTurn(fill("Address of a mailbox", address), keys("Enter"));

const waiting = set((journal) =>
  journal.set.sync({
    state: "waiting",
    pages: 3,
    sinceDay: new Date(2026, 10, 18).getTime(),
    heardDay: new Date(2026, 10, 17).getTime(),
  }),
);

export const capsuleStates: readonly ScreenState[] = [
  capsule(""),
  capsule("all", pick("Everything I have shared")),
  capsule(
    "sending",
    inTurn(
      set((journal) => journal.set.capsules({ slow: true })),
      press("Save the file"),
      see("text=of 6 MB"),
    ),
  ),
  capsule("sent", inTurn(press("Save the file"), see("text=The file is made"))),
  capsule(
    "not-sent",
    inTurn(
      set((journal) => journal.set.capsules({ refusesToWrite: "STORE_FAILED" })),
      press("Save the file"),
      see(".trouble"),
    ),
  ),
  capsule(
    "taking",
    inTurn(
      set((journal) => journal.set.capsules({ slow: true })),
      files([name, "capsule one"]),
      see("text=of 23 MB"),
    ),
  ),
  capsule("taken", taken),
  capsule("known", inTurn(taken, files([name, "capsule one"]), see("text=was here already"))),
  capsule("own", refused("OWN_CAPSULE")),
  capsule("altered", refused("CAPSULE_ALTERED")),
  capsule(
    "several",
    inTurn(
      files(
        [name, "capsule one"],
        ["twofold-2026-11-12.twofold", "CUT_SHORT"],
        ["IMG_20261103_184512_a_photo_with_a_rather_long_name_from_a_telephone.jpg", "photo"],
        ["twofold-2026-11-20.twofold", "capsule two"],
      ),
      see(".left-out"),
    ),
  ),
  capsule("alone", undefined, "?partner=none"),
  capsule(
    "paused",
    set((journal) => journal.set.sync({ state: "paused" })),
  ),
  { name: "journal-waits", place: "/journal", ready: ".line", act: waiting },
  {
    name: "journal-waits-mailbox",
    place: "/journal",
    ready: ".line",
    act: inTurn(
      waiting,
      set((journal) => void journal.changeSettings({ mailboxes: ["wss://post.example.org"] })),
    ),
  },
  {
    name: "journal-photos-come",
    place: "/journal",
    ready: ".line",
    act: set((journal) => journal.set.sync({ state: "arriving", photosOnly: true })),
  },
  {
    name: "journal-photos-wait",
    place: "/journal",
    ready: ".line",
    act: set((journal) =>
      journal.set.sync({ state: "waiting", pages: 2, sinceDay: undefined, heardDay: undefined }),
    ),
  },
  mailbox(""),
  mailbox("alone", undefined, "?partner=none"),
  mailbox("added", add("wss://post.example.org/for/friends")),
  mailbox("open", inTurn(add("wss://post.example.org"), add("ws://old.example.org:47180"))),
  mailbox("wrong", add("https://post.example.org")),
  {
    name: "settings-servers-tried",
    place: "/settings",
    ready: "main h2",
    part: "section.setting:has(> h2:text-is('Between two homes'))",
    act: inTurn(
      set(
        (journal) =>
          void journal.changeSettings({
            iceServers: [
              { url: "stun:stun.example.org:3478" },
              { url: "turn:relay.example.org:3478", username: "anna", credential: "lamp" },
            ],
          }),
      ),
      press("Try it: stun:stun.example.org:3478", "Try it: turn:relay.example.org:3478"),
      see("text=does not take this user name"),
    ),
  },
  {
    name: "settings-troubles-mailbox",
    place: "/settings",
    ready: "main h2",
    part: "section.setting:has(> h2:text-is('What went wrong lately'))",
    act: set((journal) =>
      journal.set.troubles(
        (["NO_MAILBOX", "MAILBOX_REFUSED", "MAILBOX_FULL", "MAILBOX_SPOILED"] as const).map(
          (code) => ({ at: new Date(2026, 10, 20, 9, 12).getTime(), code }),
        ),
      ),
    ),
  },
];
