import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Menu, MenuItem, Popover, Separator } from "react-aria-components";
import { useLocation } from "wouter";
import type { SpellingLanguage } from "../../shared/bridge/spelling.ts";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { spellingInWorker } from "./spellingInWorker.ts";
import { createWrongWords } from "./wrongWords.ts";
import { wordAt, type WordInPlace } from "./wordAt.ts";

type Asked = WordInPlace & { readonly x: number; readonly y: number };

/** While it is on the screen, words are checked by the dictionaries that came with the app, in a worker. */
export const Spelling = ({ language }: { readonly language: SpellingLanguage }) => {
  const { bridge } = useSurroundings();
  const { ownWords } = useLive(useJournal().settings);
  const [asked, setAsked] = useState<Asked>();
  const worker = useWorker(language);
  const [wrongWords] = useState(createWrongWords);

  useEffect(() => {
    if (worker === undefined) return undefined;
    // Again after each change of one's own words: what is marked is looked at anew.
    worker.setOwn(ownWords);
    wrongWords.clear();
    bridge.spelling.judgeBy(language, async (words) => wrongWords.note(await worker.wrong(words)));
    document.documentElement.setAttribute("spellcheck", "true");
    return () => {
      document.documentElement.setAttribute("spellcheck", "false");
      bridge.spelling.judgeBy(language, async () => []);
    };
  }, [bridge, language, worker, ownWords, wrongWords]);
  useEffect(() => {
    const ask = (event: MouseEvent): void => {
      const found = wordAt(event);
      if (found === undefined || !wrongWords.has(found.word)) return;
      event.preventDefault();
      setAsked({ ...found, x: event.clientX, y: event.clientY });
    };
    document.addEventListener("contextmenu", ask);
    return () => document.removeEventListener("contextmenu", ask);
  }, [wrongWords]);

  if (asked === undefined || worker === undefined) return null;
  return <Suggestions asked={asked} suggest={worker.suggest} onClose={() => setAsked(undefined)} />;
};

/** Its own for each language, and ended with the journal. */
const useWorker = (language: SpellingLanguage) => {
  const [worker, setWorker] = useState<ReturnType<typeof spellingInWorker>>();
  useEffect(() => {
    const started = spellingInWorker(language);
    setWorker(started);
    return () => {
      started.end();
      setWorker(undefined);
    };
  }, [language]);
  return worker;
};

type SuggestionsProps = {
  readonly asked: Asked;
  readonly suggest: (word: string) => Promise<readonly string[]>;
  readonly onClose: () => void;
};

const Suggestions = ({ asked, suggest, onClose }: SuggestionsProps) => {
  const { t } = useTranslation("spelling");
  const journal = useJournal();
  const [location] = useLocation();
  // Kept with the shared side's settings: whoever opens those would read what was written in my room.
  const mayKeep = !location.startsWith("/room");
  const [found, setFound] = useState<readonly string[]>();
  const place = useRef<HTMLSpanElement>(null);
  const chosen = useRef<string>(undefined);
  // The menu keeps the focus for as long as it is there, and gives it back a frame later: only then is anything typed.
  useEffect(
    () => () => {
      const word = chosen.current;
      if (word !== undefined)
        requestAnimationFrame(() => requestAnimationFrame(() => asked.replace(word)));
    },
    [asked],
  );
  useEffect(() => {
    let here = true;
    void suggest(asked.word).then((words) => here && setFound(words));
    return () => {
      here = false;
    };
  }, [asked.word, suggest]);
  const act = (key: string): void => {
    onClose();
    const word = found?.[Number(key)];
    if (word !== undefined) chosen.current = word;
    else if (key === "own") {
      const own = journal.settings.read().ownWords;
      void journal.changeSettings({ ownWords: [...own, asked.word] });
    }
  };
  return (
    <>
      <span
        ref={place}
        className="spelling-place"
        style={{ left: asked.x, top: asked.y }}
        aria-hidden="true"
      />
      {found === undefined ? null : (
        <Popover
          triggerRef={place}
          placement="bottom start"
          isOpen
          onOpenChange={(open) => open || onClose()}
          className="spelling-menu"
        >
          <Menu
            autoFocus="first"
            aria-label={t("menu", { word: asked.word })}
            onAction={(key) => act(String(key))}
            disabledKeys={["none"]}
          >
            {found.length === 0 ? <MenuItem id="none">{t("none")}</MenuItem> : null}
            {found.map((word, index) => (
              <MenuItem key={word} id={String(index)} textValue={word}>
                {word}
              </MenuItem>
            ))}
            {mayKeep ? <Separator /> : null}
            {mayKeep ? <MenuItem id="own">{t("add", { word: asked.word })}</MenuItem> : null}
          </Menu>
        </Popover>
      )}
    </>
  );
};
