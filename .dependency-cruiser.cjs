// The import rules of ARCHITECTURE.md. test/architecture plants a violation of each and sees it caught.

/** shared/ stands in the order of the walk: a folder imports only those before it. */
const walk = [
  "base",
  "crypto",
  "vault",
  "envelope",
  "ledger",
  "page",
  "people",
  "carry",
  "archive",
  "backup",
  "journal",
];

const leftwards = walk.slice(0, -1).map((folder, place) => ({
  name: `shared-${folder}-leftwards`,
  comment: `shared/${folder} imports only the folders before it`,
  severity: "error",
  from: { path: `^shared/${folder}/` },
  to: { path: `^shared/(${[...walk.slice(place + 1), "bridge"].join("|")})/` },
}));

const packageFolder = (...names) => `(^|/)node_modules/(${names.join("|")})(/|$)`;

/** The package may be imported by these files alone. */
const oneImporter = (name, packages, importer) => ({
  name: `one-importer-${name}`,
  comment: `${name} is imported only by ${importer}`,
  severity: "error",
  from: { pathNot: [importer, "node_modules"] },
  to: { path: [packageFolder(...packages), `^(${packages.join("|")})(/|$)`] },
});

/** What draws, as opposed to what keeps and carries: everything in renderer/ but these. */
const notScreens = [
  "^renderer/(storage|carriers|workers|door|ui/editor)/",
  "^renderer/(door[A-Za-z]*|network)\\.ts$",
];

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "\\?(worker|url|raw)" },
    },
    ...leftwards,
    {
      name: "shared-journal-leftwards",
      comment: "the journal is handed a bridge: it knows its type and nothing of its parsers",
      severity: "error",
      from: { path: "^shared/journal/" },
      to: { path: "^shared/bridge/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "bridge-imports-only-base",
      severity: "error",
      from: { path: "^shared/bridge/" },
      to: { path: "^shared/", pathNot: "^shared/(base|bridge)/" },
    },
    {
      name: "shared-is-universal",
      comment: "shared/ has no Node, no React, no Electron and nothing of the other folders",
      severity: "error",
      from: { path: "^shared/" },
      to: {
        path: [
          "^(renderer|electron|server|scripts|test)/",
          packageFolder(
            "react",
            "react-dom",
            "react-aria-components",
            "electron",
            "ws",
            "@types/node",
          ),
        ],
      },
    },
    {
      name: "shared-has-no-node",
      severity: "error",
      from: { path: "^shared/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "electron-imports",
      comment: "electron/ imports shared/base, shared/bridge and server/ only",
      severity: "error",
      from: { path: "^electron/" },
      to: {
        path: "^(shared|renderer|scripts|test)/",
        pathNot: ["^shared/(base|bridge)/", "^shared/vault/"],
      },
    },
    {
      name: "electron-vault-types-only",
      severity: "error",
      from: { path: "^electron/" },
      to: { path: "^shared/vault/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "server-stands-alone",
      severity: "error",
      from: { path: "^server/" },
      to: { path: "^(renderer|electron|scripts|test)/|^shared/", pathNot: "^shared/base/" },
    },
    {
      name: "screens-see-no-keys",
      comment:
        "components import neither crypto nor Yjs nor carriers, and of the vault only strength",
      severity: "error",
      from: { path: "^renderer/", pathNot: notScreens },
      to: {
        path: [
          "^shared/(crypto|vault|envelope|ledger|carry)/",
          "^renderer/(carriers|storage|workers)/",
          packageFolder("yjs", "y-[^/]+", "lib0", "libsodium[^/]*", "simple-peer"),
        ],
        pathNot: "^shared/vault/strength\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    oneImporter(
      "libsodium",
      ["libsodium-wrappers-sumo", "libsodium-sumo"],
      "^shared/crypto/sodium\\.ts$",
    ),
    oneImporter("y-webrtc", ["y-webrtc", "simple-peer"], "^renderer/carriers/"),
    oneImporter("y-indexeddb", ["y-indexeddb"], "^renderer/storage/volumes\\.ts$"),
    oneImporter("mailbox-client", ["@hocuspocus/provider"], "^(renderer/carriers/mailbox/|test/)"),
    oneImporter(
      "mailbox-server",
      ["@hocuspocus/server", "@hocuspocus/extension-[^/]+"],
      "^(server/mailbox/|test/)",
    ),
    oneImporter("redis", ["ioredis"], "^(server/redis/|test/)"),
    {
      name: "app-has-no-mailbox",
      comment: "the app runs the meeting point alone: neither the mailbox nor Redis is bundled",
      severity: "error",
      from: { path: "^electron/" },
      to: { path: "^server/(redis|mailbox)/", reachable: true },
    },
    {
      name: "electron-stays-in-electron",
      severity: "error",
      from: { pathNot: "^(electron/|node_modules)" },
      to: { path: [packageFolder("electron"), "^electron$"] },
    },
    {
      name: "nothing-outside-the-project",
      severity: "error",
      from: { pathNot: "node_modules" },
      to: { path: "^\\.\\./", couldNotResolve: false },
    },
    {
      name: "nothing-imports-tests",
      severity: "error",
      from: { path: "^(shared|renderer|electron|server|scripts)/" },
      to: { path: "^test/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    preserveSymlinks: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
    },
  },
};
