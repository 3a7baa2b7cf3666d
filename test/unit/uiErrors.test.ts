import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import i18next, { type i18n } from "i18next";
import ts from "typescript";
import { beforeAll, expect, test } from "vitest";
import { findPlace, type TroubleGroup, troubleText } from "../../renderer/ui/troubleText.ts";

const root = resolve(import.meta.dirname, "../..");
const contracts = [
  "shared/journal/journal.ts",
  "shared/journal/doorCodes.ts",
  "shared/journal/openPage.ts",
  "shared/journal/backups.ts",
  "shared/journal/capsules.ts",
  "shared/journal/ending.ts",
  "shared/base/files.ts",
  "shared/archive/saveEntries.ts",
  "shared/bridge/documents.ts",
  "shared/bridge/updates.ts",
  "shared/bridge/backupFiles.ts",
  "shared/bridge/desktop.ts",
  "shared/people/codes.ts",
  "shared/ledger/stores.ts",
  "shared/carry/carrier.ts",
  "shared/bridge/bridge.ts",
].map((file) => join(root, file));

/** Which sentences a screen looks for when it is refused with one of these. */
const shownAs: Readonly<Record<string, TroubleGroup>> = {
  BackupCode: "backup",
  CheckCode: "backup",
  BackupFilesCode: "backup",
  SinkCode: "backup",
  SharedFilesCode: "folder",
  CapsuleWriteCode: "capsule",
  EndingCode: "ending",
  CapsuleReadCode: "capsule",
  SavingCode: "saving",
  DesktopCode: "computer",
  DocumentsCode: "saving",
  UpdateCode: "updates",
  RestoreCode: "restore",
  DoorTrouble: "door",
  AsideCode: "aside",
  CreateCode: "create",
  UnlockCode: "unlock",
  PageCode: "page",
  ShareCode: "page",
  SaveCode: "page",
  RoomCode: "room",
  InvitationCode: "invitation",
  PairingCode: "pairing",
  StoreCode: "store",
  RendezvousCode: "rendezvous",
  CarrierCode: "carrier",
};
/** The journal turns these into its own codes before a screen hears of them. */
const neverShown = ["SafeFileCode", "DeviceSecretCode"];
/** Beside the photos, in sentences of their own that can speak of several at once. */
const besidePhotos = ["PhotoCode"];

/** Name of the union → its codes, as the compiler sees them. */
const readUnions = (): ReadonlyMap<string, readonly string[]> => {
  const program = ts.createProgram([...contracts], {
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts"],
    types: [],
    skipLibCheck: true,
  });
  const checker = program.getTypeChecker();
  const unions = new Map<string, readonly string[]>();
  for (const file of contracts) {
    for (const statement of program.getSourceFile(file)?.statements ?? []) {
      if (!ts.isTypeAliasDeclaration(statement)) continue;
      const type = checker.getTypeAtLocation(statement.name);
      const parts = type.isUnion() ? type.types : [type];
      const codes = parts.flatMap((part) => (part.isStringLiteral() ? [part.value] : []));
      if (codes.length === parts.length && codes.every((code) => /^[A-Z][A-Z_]+$/.test(code)))
        unions.set(statement.name.text, codes);
    }
  }
  return unions;
};

let texts: i18n;
let unions: ReadonlyMap<string, readonly string[]>;
beforeAll(async () => {
  unions = readUnions();
  texts = i18next.createInstance();
  const errors: object = JSON.parse(
    readFileSync(join(root, "renderer/i18n/en/errors.json"), "utf8"),
  );
  await texts.init({ lng: "en", ns: ["errors"], resources: { en: { errors } } });
});

test("every union of codes in the contracts is known here", () => {
  expect([...unions.keys()].sort()).toEqual(
    [...Object.keys(shownAs), ...neverShown, ...besidePhotos].sort(),
  );
});

test("every code that can reach a screen has its own three sentences", () => {
  const codes = Object.entries(shownAs).flatMap(([name, group]) =>
    (unions.get(name) ?? []).map((code) => ({ name, group, code })),
  );
  expect(codes.length).toBeGreaterThan(60);
  const without = codes.filter(
    ({ group, code }) =>
      findPlace(texts, group, code) === undefined ||
      Object.values(troubleText(texts, group, code)).some((text) => !/^[A-Z“].*[.]$/u.test(text)),
  );
  expect(without).toEqual([]);
});

test("between two computers of one person no trouble asks somebody else to do something", () => {
  const sentences = (["PairingCode", "InvitationCode"] as const).flatMap((name) =>
    (unions.get(name) ?? []).flatMap((code) =>
      Object.values(
        troubleText(texts, name === "PairingCode" ? "ownPairing" : "ownInvitation", code),
      ),
    ),
  );
  expect(sentences.length).toBeGreaterThan(30);
  const others = /ask your partner|both of you|one of you|two of you|give it to/i;
  expect(sentences.filter((sentence) => others.test(sentence))).toEqual([]);
});

test("every reason why a photo stayed out has its sentence, for one and for several", () => {
  const photos: { readonly left: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync(join(root, "renderer/i18n/en/photos.json"), "utf8"),
  );
  const codes = besidePhotos.flatMap((name) => unions.get(name) ?? []);
  expect(codes.length).toBeGreaterThan(3);
  const forms = codes.flatMap((code) => [`${code}_one`, `${code}_other`]);
  expect(forms.filter((form) => photos.left[form] === undefined)).toEqual([]);
});

test("the trouble list knows what the journal and the carriers report", () => {
  const reported = ["CarrierCode", "StoreCode"].flatMap((name) => unions.get(name) ?? []);
  const without = [...reported, "FORK", "FROZEN"].filter(
    (code) => findPlace(texts, "carried", code) === undefined,
  );
  expect(without).toEqual([]);
});

test("nor is the trouble list silent about computers that are added", () => {
  const desk = ["besides.ts", "rosterNotes.ts"].map((file) =>
    readFileSync(join(root, "shared/journal", file), "utf8"),
  );
  const codes = [...desk.join("").matchAll(/onTrouble\("([A-Z_]+)"\)/g)].map(([, code]) => code);
  expect(codes).toEqual(expect.arrayContaining(["BAD_ROSTER_NOTE", "UNKNOWN_DEVICE"]));
  const without = codes.filter((code) => findPlace(texts, "carried", code ?? "") === undefined);
  expect(without).toEqual([]);
});

test("nothing that the journal reports of itself falls to the common sentence", () => {
  const files = ["shared", "renderer/storage", "renderer/carriers"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .map((name) => readFileSync(join(root, folder, name), "utf8")),
  );
  const named = /(?:onTrouble\(|report\(\{ code: |dropped\.push\(\{[^}]*code: )"([A-Z_]+)"/g;
  const codes = new Set(
    files.flatMap((text) => [...text.matchAll(named)].flatMap(([, code]) => code ?? [])),
  );
  expect([...codes]).toEqual(
    expect.arrayContaining([
      "BAD_PAYLOAD",
      "BAD_PREV",
      "DAMAGED_RECORD",
      "OWN_CHAIN_BROKEN",
      "GAP",
    ]),
  );
  expect([...codes].filter((code) => findPlace(texts, "carried", code) === undefined)).toEqual([]);
});

test("whoever makes new recovery words hears what happened to them", () => {
  const codes = ["UnlockCode", "StoreCode"].flatMap((name) => unions.get(name) ?? []);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => findPlace(texts, "words", code) === undefined)).toEqual([]);
  expect(findPlace(texts, "words", "DISK_FAILED")).toBe("words.DISK_FAILED");
});

test("a code that nobody foresaw still gets what happened, what is safe and what to do", () => {
  expect(findPlace(texts, "carried", "NEVER_HEARD_OF")).toBeUndefined();
  expect(Object.values(troubleText(texts, "carried", "NEVER_HEARD_OF")).join(" ")).toContain(
    "Your words",
  );
});

test("a wrong passphrase and a wrong room say nothing of which half was wrong", () => {
  const said = JSON.stringify([
    troubleText(texts, "unlock", "WRONG_SECRET"),
    troubleText(texts, "room", "WRONG_SECRET"),
  ]);
  expect(said).not.toMatch(/passphrase|keychain|words do not/i);
});

test("every ended pairing says that nothing is half done", () => {
  const codes = ["PairingCode", "InvitationCode"].flatMap((name) => unions.get(name) ?? []);
  const silent = codes.filter(
    (code) =>
      !/half-paired|Nothing was changed in either/.test(
        troubleText(texts, "invitation", code).safe,
      ),
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(silent).toEqual([]);
});
