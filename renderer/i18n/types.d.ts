import type app from "./en/app.json";
import type ask from "./en/ask.json";
import type closed from "./en/closed.json";
import type errors from "./en/errors.json";
import type firstRun from "./en/firstRun.json";
import type journal from "./en/journal.json";
import type letters from "./en/letters.json";
import type pair from "./en/pair.json";
import type passphrase from "./en/passphrase.json";
import type questions from "./en/questions.json";
import type receive from "./en/receive.json";
import type room from "./en/room.json";
import type settings from "./en/settings.json";
import type unlock from "./en/unlock.json";
import type words from "./en/words.json";

/** A key that is not in the English tables does not compile. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: {
      app: typeof app;
      ask: typeof ask;
      closed: typeof closed;
      errors: typeof errors;
      firstRun: typeof firstRun;
      journal: typeof journal;
      letters: typeof letters;
      pair: typeof pair;
      passphrase: typeof passphrase;
      questions: typeof questions;
      receive: typeof receive;
      room: typeof room;
      settings: typeof settings;
      unlock: typeof unlock;
      words: typeof words;
    };
  }
}
