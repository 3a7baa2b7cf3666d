/** The rules of the house that no linter knows. Each answers with what breaks it. */

export type Lockfile = {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly resolved?: string;
        readonly optionalDependencies?: Readonly<Record<string, string>>;
      }
    >
  >;
};

type Manifest = {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
};

const exact = /^(npm:(@[^@/]+\/)?[^@/]+@)?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/;

export const findLooseVersions = ({ dependencies, devDependencies }: Manifest): string[] =>
  Object.entries({ ...dependencies, ...devDependencies })
    .filter(([, version]) => !exact.test(version))
    .map(([name]) => name);

/** npm leaves a variant out of the lockfile in silence when the registry did not have it at that moment. */
export const findMissingVariants = ({ packages }: Lockfile): string[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => /darwin|win32/.test(name))
      .filter(
        (name) =>
          !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      )
      .map((name) => `${path}: ${name}`),
  );

export const findStrangeHosts = ({ packages }: Lockfile): string[] =>
  Object.entries(packages)
    .filter(([, { resolved }]) => resolved !== undefined)
    .map(([name]) => name);

/** `folders`: what this computer calls the places that no other has; those of six letters and fewer say nothing. */
export const findMachinePaths = (text: string, folders: readonly string[]): string[] => {
  const telling = folders.filter(({ length }) => length > 6);
  const patterns = telling.map(
    (folder) => `(?<![\\w./])${folder.replaceAll(/[\\.]/g, "\\$&")}(?![\\w-])`,
  );
  return telling.length === 0 ? [] : (text.match(new RegExp(patterns.join("|"), "g")) ?? []);
};

export const findSafeStorageUsers = (
  sources: readonly { readonly path: string; readonly code: string }[],
): string[] =>
  sources
    .filter(({ code }) => /\bsafeStorage\b/.test(withoutComments(code)))
    .map(({ path }) => path);

const withoutComments = (code: string): string =>
  code.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");

/** "Never used" in the product's words; `prove` and `verify` are never said of a person, and never on a screen. */
const forbidden = [
  "cheat(er|ers|ed|ing)?",
  "victims?",
  "perpetrators?",
  "betrayers?",
  "innocent",
  "guilty party",
  "prov(e|es|ed|en|ing)",
  "verif(y|ies|ied|ying)",
  "compliance",
  "violations?",
  "monitor(s|ed|ing)?",
  "evidence",
  "fail(s|ed|ure|ures)?",
  "overdue",
  "streaks?",
  "scor(e|es|ed)",
  "relaps(e|es|ed)",
  "move on",
  "get over it",
  "forgiv(e|es|en|ing|eness)",
  "should",
  "unhackable",
  "saved your marriage",
];
const forbiddenWords = new RegExp(`\\b(${forbidden.join("|")})\\b`, "i");

/** The product's own name for volunteered information (PRODUCT, words used everywhere). */
const glossary = /something you should know/gi;

/** Looks through a file of texts, however deep; the keys are not on any screen. */
export const findForbiddenWords = (texts: unknown): string[] => {
  if (typeof texts === "string")
    return forbiddenWords.test(texts.replaceAll(glossary, "")) ? [texts] : [];
  if (typeof texts !== "object" || texts === null) return [];
  return Object.values(texts).flatMap(findForbiddenWords);
};
