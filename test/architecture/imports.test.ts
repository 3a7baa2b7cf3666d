import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Copy, copyWith, type Cruise, cruise, findTypeErrors } from "../support/rulesCheck.ts";

const importing = (from: string): string => `import * as planted from "${from}";\nvoid planted;\n`;

/** One planted file for each way to break a rule: [the rule that must catch it, the file, what it imports]. */
const violations = [
  ["shared-base-leftwards", "shared/base/planted.ts", "../crypto/planted.ts"],
  ["shared-crypto-leftwards", "shared/crypto/planted.ts", "../vault/planted.ts"],
  ["shared-vault-leftwards", "shared/vault/planted.ts", "../envelope/planted.ts"],
  ["shared-envelope-leftwards", "shared/envelope/planted.ts", "../ledger/planted.ts"],
  ["shared-ledger-leftwards", "shared/ledger/planted.ts", "../page/planted.ts"],
  ["shared-page-leftwards", "shared/page/planted.ts", "../people/planted.ts"],
  ["shared-people-leftwards", "shared/people/planted.ts", "../carry/planted.ts"],
  ["shared-carry-leftwards", "shared/carry/planted.ts", "../journal/planted.ts"],
  ["shared-journal-leftwards", "shared/journal/planted.ts", "../bridge/bridge.ts"],
  ["bridge-imports-only-base", "shared/bridge/planted.ts", "../crypto/planted.ts"],
  ["shared-has-no-node", "shared/base/plantedNode.ts", "node:fs"],
  ["shared-is-universal", "shared/base/plantedReact.ts", "react"],
  ["shared-is-universal", "shared/base/plantedRenderer.ts", "../../renderer/plantedTarget.ts"],
  ["electron-imports", "electron/plantedJournal.ts", "../shared/journal/journal.ts"],
  ["electron-imports", "electron/plantedRenderer.ts", "../renderer/plantedTarget.ts"],
  ["electron-vault-types-only", "electron/plantedVault.ts", "../shared/vault/planted.ts"],
  ["server-stands-alone", "server/plantedBridge.ts", "../shared/bridge/bridge.ts"],
  ["screens-see-no-keys", "renderer/journal/plantedCrypto.tsx", "../../shared/crypto/planted.ts"],
  ["screens-see-no-keys", "renderer/journal/plantedVault.tsx", "../../shared/vault/planted.ts"],
  ["screens-see-no-keys", "renderer/journal/plantedYjs.tsx", "yjs"],
  ["screens-see-no-keys", "renderer/ui/plantedProtocols.tsx", "y-protocols/awareness"],
  ["screens-see-no-keys", "renderer/pair/plantedCarrier.tsx", "../carriers/planted.ts"],
  ["screens-see-no-keys", "renderer/doorbell/planted.tsx", "../carriers/planted.ts"],
  ["one-importer-libsodium", "shared/crypto/plantedSodium.ts", "libsodium-wrappers-sumo"],
  ["one-importer-y-webrtc", "renderer/storage/plantedWebrtc.ts", "y-webrtc"],
  ["one-importer-y-webrtc", "renderer/storage/plantedPeer.ts", "simple-peer"],
  ["one-importer-y-indexeddb", "renderer/storage/plantedDisk.ts", "y-indexeddb"],
  ["one-importer-mailbox-client", "renderer/carriers/plantedMailbox.ts", "@hocuspocus/provider"],
  ["one-importer-mailbox-client", "shared/carry/plantedMailbox.ts", "@hocuspocus/provider"],
  ["one-importer-mailbox-server", "server/plantedMailbox.ts", "@hocuspocus/server"],
  ["one-importer-mailbox-server", "electron/plantedMailbox.ts", "@hocuspocus/extension-database"],
  ["one-importer-redis", "server/plantedRedis.ts", "ioredis"],
  ["one-importer-redis", "server/mailbox/plantedRedis.ts", "ioredis"],
  ["app-has-no-mailbox", "electron/plantedBus.ts", "../server/redis/redisBus.ts"],
  ["electron-stays-in-electron", "server/plantedElectron.ts", "electron"],
  ["nothing-outside-the-project", "server/plantedOutside.ts", "../../planted-outside.ts"],
  ["nothing-imports-tests", "server/plantedTest.ts", "../test/planted.ts"],
  ["nothing-unresolved", "server/plantedNothing.ts", "./there-is-no-such-file.ts"],
  ["no-cycles", "server/plantedOne.ts", "./plantedOther.ts"],
] as const;

const nothing = "export {};\n";

describe("planted violations", () => {
  let copy: Copy;
  let found: Cruise;

  beforeAll(async () => {
    copy = copyWith({
      "renderer/plantedTarget.ts": nothing,
      "renderer/carriers/planted.ts": nothing,
      "test/planted.ts": nothing,
      "../planted-outside.ts": nothing,
      "server/plantedOther.ts": importing("./plantedOne.ts"),
      ...Object.fromEntries(violations.map(([, file, from]) => [file, importing(from)])),
      "electron/plantedTypes.ts": `import type * as planted from "../shared/vault/planted.ts";\nexport type Planted = typeof planted;\n`,
    });
    found = await cruise(copy.root);
  }, 60_000);
  afterAll(() => copy?.remove());

  test.each(violations)("%s catches %s", (rule, file) => {
    expect(found.violations).toContain(`${rule}: ${file}`);
  });

  test("the project itself breaks no rule, and the checker saw all of it", () => {
    expect(found.violations.filter((line) => !line.includes("lanted"))).toEqual([]);
    // With a TypeScript it cannot use, the checker sees no module and is content.
    const own = found.modules.filter((path) => !path.includes("lanted"));
    expect(own.length).toBeGreaterThan(200);
    expect(own).toEqual(expect.arrayContaining(["shared/base/bytes.ts", "electron/main.ts"]));
  });

  test("a type of the vault in electron/ is allowed", () => {
    expect(found.modules).toContain("electron/plantedTypes.ts");
    expect(found.violations.filter((line) => line.includes("plantedTypes"))).toEqual([]);
  });
});

describe("the compiler's own borders", () => {
  test.each([
    ["shared", "document.title"],
    ["shared", "localStorage"],
    ["shared", "process.cwd()"],
    ["server", "document.title"],
    ["electron", "document.title"],
    ["renderer", "process.cwd()"],
  ])("%s does not know %s", async (folder, code) => {
    const copy = copyWith({
      [`${folder}/planted.ts`]: `export const planted: unknown = ${code};\n`,
      // This one file under the folder's own settings.
      [`${folder}/planted.json`]: `{"extends":"./tsconfig.json","include":["planted.ts","*.d.ts"]}`,
    });
    try {
      expect(await findTypeErrors(copy.root, `${folder}/planted.json`)).toMatch(
        /planted\.ts.*Cannot find name/,
      );
    } finally {
      copy.remove();
    }
  });
});
