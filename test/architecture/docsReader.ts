import { posix } from "node:path";

/** What a document of the project points at. Paths are the project's own, with forward slashes. */
export type Mentions = {
  /** Targets of links and pictures, as they resolve from the document; the part after # apart. */
  readonly links: readonly { readonly path: string; readonly anchor: string | undefined }[];
  /** Paths in code spans that begin in one of the project's folders. */
  readonly paths: readonly string[];
  /** Bare names of files in code spans. */
  readonly names: readonly string[];
  /** Scripts of package.json. */
  readonly scripts: readonly string[];
};

const folders = "(?:shared|renderer|electron|server|scripts|test|docs|build)";
const extensions = "(?:tsx?|d\\.ts|mjs|cjs|json|md|ya?ml|css|html|png)";
const pathShape = new RegExp(`^${folders}/[\\w./-]*$`);
const nameShape = new RegExp(`^\\.?[\\w.-]+\\.${extensions}$`);

/** @param document path of the document itself, from the project's root */
export const readMentions = (document: string, text: string): Mentions => {
  const prose = text.replaceAll(/^ *```[\s\S]*?^ *```/gm, "");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  return {
    links: targets
      .filter((target) => !/^[a-z]+:/i.test(target))
      .map((target) => split(document, target)),
    paths: spans.filter((span) => pathShape.test(span)),
    names: spans.filter((span) => nameShape.test(span)),
    scripts: [
      ...[...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, script = ""]) => script),
      ...[...text.matchAll(/\bnpm (start|test)\b/g)].map(([, script = ""]) => script),
    ],
  };
};

const split = (document: string, target: string): Mentions["links"][number] => {
  const [path = "", anchor] = target.split("#");
  const from = posix.dirname(document);
  return { path: path === "" ? document : posix.normalize(posix.join(from, path)), anchor };
};

/** The anchors that a reader of the rendered page can jump to. */
export const anchorsOf = (text: string): readonly string[] =>
  [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );

export type Project = {
  readonly exists: (path: string) => boolean;
  readonly read: (path: string) => string;
  readonly fileNames: ReadonlySet<string>;
  readonly scripts: ReadonlySet<string>;
};

/** What a document names and the project does not have. */
export const findLoose = (document: string, text: string, project: Project): readonly string[] => {
  const { links, paths, names, scripts } = readMentions(document, text);
  return [
    ...links.filter(({ path }) => !project.exists(path)).map(({ path }) => path),
    ...links
      .filter(
        ({ path, anchor }) => anchor !== undefined && path.endsWith(".md") && project.exists(path),
      )
      .filter(({ path, anchor }) => !anchorsOf(project.read(path)).includes(anchor ?? ""))
      .map(({ path, anchor }) => `${path}#${anchor}`),
    ...paths.filter((path) => !project.exists(path)),
    ...names.filter((name) => !project.fileNames.has(name)),
    ...scripts
      .filter((script) => !project.scripts.has(script))
      .map((script) => `npm run ${script}`),
  ];
};
