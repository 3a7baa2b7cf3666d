import type app from "./en/app.json";
import type ask from "./en/ask.json";
import type backup from "./en/backup.json";
import type capsule from "./en/capsule.json";
import type closed from "./en/closed.json";
import type computer from "./en/computer.json";
import type ending from "./en/ending.json";
import type entries from "./en/entries.json";
import type errors from "./en/errors.json";
import type find from "./en/find.json";
import type firstRun from "./en/firstRun.json";
import type history from "./en/history.json";
import type journal from "./en/journal.json";
import type keys from "./en/keys.json";
import type agreements from "./en/agreements.json";
import type letters from "./en/letters.json";
import type licences from "./en/licences.json";
import type moving from "./en/moving.json";
import type openers from "./en/openers.json";
import type outside from "./en/outside.json";
import type pair from "./en/pair.json";
import type palette from "./en/palette.json";
import type passphrase from "./en/passphrase.json";
import type photos from "./en/photos.json";
import type questions from "./en/questions.json";
import type receive from "./en/receive.json";
import type room from "./en/room.json";
import type saving from "./en/saving.json";
import type scan from "./en/scan.json";
import type settings from "./en/settings.json";
import type spelling from "./en/spelling.json";
import type steady from "./en/steady.json";
import type unlock from "./en/unlock.json";
import type updates from "./en/updates.json";
import type words from "./en/words.json";

/** A key that is not in the English tables does not compile. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "app";
    resources: {
      app: typeof app;
      ask: typeof ask;
      backup: typeof backup;
      capsule: typeof capsule;
      closed: typeof closed;
      computer: typeof computer;
      ending: typeof ending;
      entries: typeof entries;
      errors: typeof errors;
      find: typeof find;
      firstRun: typeof firstRun;
      history: typeof history;
      journal: typeof journal;
      keys: typeof keys;
      agreements: typeof agreements;
      letters: typeof letters;
      licences: typeof licences;
      moving: typeof moving;
      openers: typeof openers;
      outside: typeof outside;
      pair: typeof pair;
      palette: typeof palette;
      passphrase: typeof passphrase;
      photos: typeof photos;
      questions: typeof questions;
      receive: typeof receive;
      room: typeof room;
      saving: typeof saving;
      scan: typeof scan;
      settings: typeof settings;
      spelling: typeof spelling;
      steady: typeof steady;
      unlock: typeof unlock;
      updates: typeof updates;
      words: typeof words;
    };
  }
}
