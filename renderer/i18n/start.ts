import i18next, { type BackendModule, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

const namespaces = [
  "app",
  "ask",
  "backup",
  "capsule",
  "closed",
  "computer",
  "ending",
  "entries",
  "errors",
  "find",
  "firstRun",
  "history",
  "journal",
  "keys",
  "letters",
  "agreements",
  "promises",
  "licences",
  "moving",
  "openers",
  "outside",
  "pair",
  "palette",
  "passphrase",
  "photos",
  "questions",
  "receive",
  "room",
  "saving",
  "scan",
  "settings",
  "spelling",
  "steady",
  "unlock",
  "updates",
  "words",
] as const;

type Table = { readonly default: Record<string, unknown> };

/** One folder a language, one chunk a table: only the language in use is ever loaded. */
const tables = import.meta.glob<Table>("./*/*.json");

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
      ns: [...namespaces],
      defaultNS: "app",
      // React escapes by itself.
      interpolation: { escapeValue: false },
      react: { useSuspense: false },
    });
  document.documentElement.lang = language;
  document.documentElement.dir = texts.dir(language);
  return texts;
};
