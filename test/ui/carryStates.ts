import { dayOne } from "../support/archives.ts";
import { zipOf } from "../support/zipFiles.ts";
import { pageAt } from "./scenes.ts";
import {
  chosen,
  fill,
  inTurn,
  keys,
  narrowed,
  pick,
  press,
  type ScreenState,
  see,
  someFile,
  type Step,
} from "./stateSteps.ts";

const journal = (number: number) => `/journal/${pageAt(number)}`;

const dayOneZip = async (): Promise<Buffer> => {
  const entry = (index: number) => ({
    uuid: `E${index}`,
    creationDate: `2025-${String(1 + (index % 12)).padStart(2, "0")}-04T10:00:00Z`,
    text: `# ${["The canal", "A bad night", "What I said in the car"][index % 3]}\n\nWords`,
    ...(index % 5 === 3 ? { location: { latitude: 1 } } : {}),
    ...(index % 7 === 2 ? { starred: true } : {}),
    ...(index === 4 ? { videos: [{ identifier: "v", type: "mp4", md5: "x" }] } : {}),
  });
  const entries = Array.from({ length: 60 }, (_, index) => entry(index));
  return Buffer.from(await zipOf({ "Journal.json": dayOne(entries) }));
};
const chooseExport = chosen("Choose files…", dayOneZip, "Export.zip");
const broken = () => Buffer.from("PK\u0003\u0004 and nothing more");

const endlessTaking: Step = (page) =>
  page.evaluate(() => {
    const { entries } = window.scene.journal;
    Object.assign(entries, {
      takeIn: (_: unknown, work: Parameters<typeof entries.takeIn>[1]) => {
        work.progress(23, 60);
        return new Promise(() => {});
      },
    });
  });
const endlessBackup: Step = (page) =>
  page.evaluate(() => {
    const { backups } = window.scene.journal;
    Object.assign(backups, {
      make: (_to: unknown, _back: unknown, work: Parameters<typeof backups.make>[2]) => {
        work.progress(38_000_000, 120_000_000);
        return new Promise(() => {});
      },
    });
  });
const refusedBackup: Step = (page) =>
  page.evaluate(() =>
    Object.assign(window.scene.journal.backups, {
      make: async () => ({ ok: false, code: "DISK_FULL" }),
    }),
  );

const setUpBackups = inTurn(
  press("Set up backups"),
  fill("Your passphrase", "open sesame"),
  keys("Enter"),
  (page) => page.getByRole("dialog").waitFor({ state: "detached" }),
);
const backups = (name: string, query: string, act?: Step): ScreenState => ({
  name: `backup-${name}`,
  query,
  place: "/settings",
  ready: "main h2",
  part: "section.setting:has(> h2:text-is('Backups'))",
  ...(act === undefined ? {} : { act }),
});

const bringBack = (name: string, query: string, act?: Step): ScreenState => ({
  name: `bring-back-${name}`,
  outside: true,
  query,
  place: "",
  ready: "h1",
  act: inTurn(press("Bring back from a backup"), ...(act === undefined ? [] : [act])),
});

/** Saved as a file, brought in, backed up and brought back. */
export const carryStates: readonly ScreenState[] = [
  { name: "save-entry", place: journal(82), ready: ".writing", act: press("Save as a file…") },
  { name: "save-journal", place: "/journal", ready: ".line", act: press("Save as a file…") },
  {
    name: "save-narrowed",
    place: "/journal",
    ready: ".line",
    act: inTurn(narrowed, press("Save as a file…")),
  },
  {
    name: "save-done",
    place: "/journal",
    ready: ".line",
    act: inTurn(press("Save as a file…", "Save the file"), see("text=in the file")),
  },
  { name: "bring-in", place: "/journal/bring-in", ready: ".drop-zone" },
  {
    name: "bring-in-refused",
    place: "/journal/bring-in",
    ready: ".drop-zone",
    act: inTurn(chosen("Choose files…", broken, "broken.zip"), see(".trouble")),
  },
  {
    name: "bring-in-look",
    place: "/journal/bring-in",
    ready: ".drop-zone",
    act: inTurn(chooseExport, see(".moving-count")),
  },
  {
    name: "bring-in-under-way",
    place: "/journal/bring-in",
    ready: ".drop-zone",
    act: inTurn(endlessTaking, chooseExport, press("Bring them in"), see("text=23 of 60")),
  },
  {
    name: "bring-in-brought",
    place: "/journal/bring-in",
    ready: ".drop-zone",
    act: inTurn(
      chooseExport,
      press("Bring them in"),
      see("h2:text-is('Brought in')"),
      pick("This report as text"),
    ),
  },
  {
    name: "bring-in-undo",
    place: "/journal/bring-in",
    ready: ".drop-zone",
    act: inTurn(
      chooseExport,
      press("Bring them in"),
      see("h2:text-is('Brought in')"),
      press("Put all of it in the trash…"),
    ),
  },
  backups("none", "?folder=none"),
  backups("passphrase", "?folder=none", press("Set up backups")),
  backups("no-folder", "?folder=none", setUpBackups),
  backups("folder", "?folder=ready", setUpBackups),
  backups("asks", "?folder=asks", setUpBackups),
  backups("download", "?folder=notOffered", setUpBackups),
  backups(
    "under-way",
    "?folder=ready",
    inTurn(setUpBackups, endlessBackup, press("Back up now"), see("progress")),
  ),
  backups(
    "made",
    "?folder=ready",
    inTurn(setUpBackups, press("Back up now"), see("text=The backup is made")),
  ),
  backups(
    "trouble",
    "?folder=ready",
    inTurn(setUpBackups, refusedBackup, press("Back up now"), see(".trouble")),
  ),
  { name: "first-run", outside: true, query: "?door=new", place: "", ready: "h1" },
  bringBack("choose", "?door=new"),
  bringBack(
    "chosen",
    "?door=new",
    chosen("Choose the file", someFile, "Twofold 21 November.twofold"),
  ),
  bringBack(
    "words",
    "?door=new",
    inTurn(
      chosen("Choose the file", someFile, "Twofold 21 November.twofold"),
      pick("The twelve recovery words"),
    ),
  ),
  ...["NOT_A_BACKUP", "NEWER_BACKUP", "CUT_SHORT", "WRONG_SECRET"].map((code) =>
    bringBack(
      `refused-${code}`,
      `?door=new&restore=${code}`,
      inTurn(
        chosen("Choose the file", someFile, "Twofold 21 November.twofold"),
        (page) => page.getByRole("textbox", { name: "The passphrase" }).fill("not this one"),
        press("Bring it back"),
        see(".trouble"),
      ),
    ),
  ),
  bringBack(
    "done",
    "?door=new",
    inTurn(
      chosen("Choose the file", someFile, "Twofold 21 November.twofold"),
      (page) => page.getByRole("textbox", { name: "The passphrase" }).fill("open sesame"),
      press("Bring it back"),
      see("h1:text-is('It is back')"),
    ),
  ),
];
