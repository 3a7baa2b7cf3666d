import i18next, { type BackendModule, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

type Table = { readonly default: Record<string, unknown> };

/** One folder a language, one chunk a table: only the language in use is ever loaded. */
const tables = import.meta.glob<Table>("./*/*.json");

/** As many as there are in English. */
const namespaces = Object.keys(tables).flatMap(
  (path) => /^\.\/en\/(\w+)\.json$/.exec(path)?.[1] ?? [],
);

const lazyTables: BackendModule = {
  type: "backend",
  init: () => {},
  read: (language, namespace, done) => {
    const load = tables[`./${language}/${namespace}.json`];
    if (load === undefined) return done(new Error(`no ${namespace} in ${language}`), false);
    load().then(
      (table) => done(null, table.default),
      (error: unknown) => done(error instanceof Error ? error : new Error("not loaded"), false),
    );
  },
};

/** Resolves when every sentence is at hand, so that no screen waits for its words later. */
export const startTexts = async (language = "en"): Promise<i18n> => {
  const texts = i18next.createInstance();
  await texts
    .use(lazyTables)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: "en",
      load: "languageOnly",
      ns: namespaces,
      defaultNS: "app",
      // React escapes by itself.
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  document.documentElement.lang = language;
  document.documentElement.dir = texts.dir(language);
  return texts;
};
