import { type KeyboardEvent, useDeferredValue, useMemo, useState } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import {
  Autocomplete,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  TextField,
} from "react-aria-components";
import { useLocation } from "wouter";
import type { BookCode } from "../../shared/journal/entryBook.ts";
import { useListMemory } from "../journal/list/listMemory.tsx";
import { keptFromTheBrowser } from "../ui/keptFromTheBrowser.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useDates } from "../ui/useDates.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useTask } from "../ui/useTask.ts";
import { useWishes } from "../ui/wishes.tsx";
import { Keys } from "./Keys.tsx";
import { matchNames, matchTitles } from "./matchCommands.ts";
import { type Command, commandGroups, useCommands, useOpenSide } from "./useCommands.ts";

type PaletteProps = {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onKeys: () => void;
  readonly onLock: () => void;
};

/** Everything by name. What is typed, and what was chosen before, is kept nowhere. */
export const Palette = ({ open, onClose, ...parts }: PaletteProps) => {
  const { t } = useTranslation("palette");
  return (
    <Sheet title={t("title")} open={open} onClose={onClose}>
      <Choosing onClose={onClose} {...parts} />
    </Sheet>
  );
};

/** Entries that are shown by their titles. */
const mostEntries = 8;

const Choosing = ({ onClose, onKeys, onLock }: Omit<PaletteProps, "open">) => {
  const { t } = useTranslation("palette");
  const [typed, setTyped] = useState("");
  const task = useTask<BookCode>();
  const [, navigate] = useLocation();
  const { book, base } = useOpenSide();
  const memory = useListMemory(book.place);
  const wishes = useWishes();
  const names = usePartnerName();
  const dates = useDates();
  const cards = useLive(book.cards);
  const commands = useCommands({ onLock, onKeys });
  const sought = useDeferredValue(typed);
  const titles = useMemo(() => matchTitles(cards, sought, mostEntries), [cards, sought]);
  const named = matchNames(
    commands,
    ({ id }) => `${t(`commands.${id}.name`, names)} ${t(`commands.${id}.also`)}`,
    typed,
  );

  /** The sheet goes first and gives the focus back: what comes then may take it. */
  const leave = (act: () => void) => {
    flushSync(onClose);
    requestAnimationFrame(act);
  };
  const choose = (command: Command) => {
    const { id, make, run } = command;
    if (id === "stepOut") return run?.();
    if (make !== undefined) return task.run(make, (to) => leave(() => navigate(to)));
    if (run !== undefined) leave(run);
  };
  // The field hands its keys on to the list as presses of their own: one Esc would be two, and step out.
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.nativeEvent.isComposing) return;
    event.stopPropagation();
    onClose();
  };
  const find = () => {
    memory.keep({ sought: typed.trim() });
    leave(() => {
      navigate(base);
      wishes?.wish("find");
    });
  };

  return (
    // The key is for the field inside; the element around it is no control.
    <div role="presentation" className="palette" onKeyDownCapture={closeOnEscape}>
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <TextField className="field" aria-label={t("label")} autoFocus>
          <Input
            className="input"
            dir="auto"
            autoComplete="off"
            placeholder={t("placeholder")}
            {...keptFromTheBrowser.plainField}
          />
        </TextField>
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
        {/* It scrolls; somebody may want to do that by itself. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className="palette-scroll" tabIndex={0}>
          <Menu className="palette-list" aria-label={t("list")} shouldFocusWrap>
            {commandGroups.map((group) => {
              const inGroup = named.filter((command) => command.group === group);
              return inGroup.length === 0 ? null : (
                <MenuSection key={group} id={`in ${group}`}>
                  <Header className="month">{t(`groups.${group}`)}</Header>
                  {inGroup.map((command) => (
                    <MenuItem
                      key={command.id}
                      id={command.id}
                      className="palette-item"
                      textValue={t(`commands.${command.id}.name`, names)}
                      onAction={() => choose(command)}
                    >
                      <span>{t(`commands.${command.id}.name`, names)}</span>
                      {command.keys === undefined ? null : <Keys keys={command.keys} />}
                    </MenuItem>
                  ))}
                </MenuSection>
              );
            })}
            {titles.length === 0 ? null : (
              <MenuSection id="in entries">
                <Header className="month">{t("groups.entries")}</Header>
                {titles.map((card) => (
                  <MenuItem
                    key={card.id}
                    id={card.id}
                    className="palette-item"
                    textValue={card.title}
                    onAction={() => leave(() => navigate(`${base}/${card.id}`))}
                  >
                    <bdi>{card.title}</bdi>
                    <span className="help">{dates.day(card.aboutAt)}</span>
                  </MenuItem>
                ))}
              </MenuSection>
            )}
            {/* Not before the titles: what is first in the list is what Enter takes. */}
            {typed.trim() === "" || sought.trim() === "" ? null : (
              <MenuSection id="in words">
                <Header className="month">{t("groups.words")}</Header>
                <MenuItem
                  id="findWords"
                  className="palette-item"
                  textValue={t("findWords", { words: typed.trim() })}
                  onAction={find}
                >
                  <bdi>{t("findWords", { words: typed.trim() })}</bdi>
                </MenuItem>
              </MenuSection>
            )}
          </Menu>
        </div>
      </Autocomplete>
    </div>
  );
};
