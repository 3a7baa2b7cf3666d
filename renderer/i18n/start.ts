import i18next, { type BackendModule, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

/** By the path of the table within its folder, "./app.json". */
type Tables = Readonly<Record<string, Record<string, unknown>>>;

/** One folder and one chunk a language: only the language in use, and English for what it lacks, is ever loaded. */
const languages = import.meta.glob<{ readonly tables: Tables }>("./*/tables.ts");

const tablesOf = async (language: string): Promise<Tables> => {
  const load = languages[`./${language}/tables.ts`];
  if (load === undefined) throw new Error(`no tables in ${language}`);
  return (await load()).tables;
};

const lazyTables: BackendModule = {
  type: "backend",
  init: () => {},
  read: (language, namespace, done) => {
    tablesOf(language).then(
      (tables) => {
        const table = tables[`./${namespace}.json`];
        if (table === undefined) done(new Error(`no ${namespace} in ${language}`), false);
        else done(null, table);
      },
      (error: unknown) => done(error instanceof Error ? error : new Error("not loaded"), false),
    );
  },
};

/** As many as there are in English. */
const namespacesOf = (tables: Tables): string[] =>
  Object.keys(tables).flatMap((path) => /^\.\/(\w+)\.json$/.exec(path)?.[1] ?? []);

/** Resolves when every sentence is at hand, so that no screen waits for its words later. */
export const startTexts = async (language = "en"): Promise<i18n> => {
  const texts = i18next.createInstance();
  const [english] = await Promise.all([tablesOf("en"), tablesOf(language).catch(() => undefined)]);
  await texts
    .use(lazyTables)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: "en",
      load: "languageOnly",
      ns: namespacesOf(english),
      defaultNS: "app",
      // React escapes by itself.
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  document.documentElement.lang = language;
  document.documentElement.dir = texts.dir(language);
  return texts;
};
