import { type RefObject, useCallback, useEffect, useState } from "react";
import type { PageId } from "../../../shared/base/ids.ts";
import type { ListMemory } from "./listMemory.tsx";

/** The list goes to this line and the focus with it; each new object is a new wish. */
export type LineWish = { readonly page: PageId };

type Move = { readonly page: PageId; readonly align: "nearest" | "start" };

export type LineFocus = {
  /** The line that Tab reaches. */
  readonly current: PageId | undefined;
  readonly setCurrent: (page: PageId) => void;
  readonly move: Move | undefined;
  readonly goTo: (page: PageId, align: Move["align"]) => void;
};

export const useLineFocus = (first: PageId | undefined): LineFocus => {
  const [current, setCurrent] = useState(first);
  const [move, setMove] = useState<Move | undefined>();
  const goTo = useCallback((page: PageId, align: Move["align"]) => {
    setCurrent(page);
    setMove({ page, align });
  }, []);
  return { current, setCurrent, move, goTo };
};

type LineMoves = {
  readonly focus: LineFocus;
  readonly list: RefObject<HTMLElement | null>;
  /** How the list was left the last time. */
  readonly left: Pick<ListMemory, "opened" | "scrolled">;
  readonly memory: ListMemory;
  readonly wish: LineWish | undefined;
};

/** Runs once the line that is wanted stands on the screen. What arrives later pulls nobody back. */
export const useLineMoves = ({ focus, list, left, memory, wish }: LineMoves): void => {
  const { move, goTo } = focus;
  useEffect(() => {
    if (move === undefined) return undefined;
    return settleAt(lineIn(list.current, move.page), move.align);
  }, [move, list]);
  useEffect(() => {
    if (wish !== undefined) goTo(wish.page, "start");
  }, [wish, goTo]);
  useEffect(() => {
    memory.keep({ opened: undefined });
    const line = left.opened === undefined ? undefined : lineIn(list.current, left.opened);
    if (line === undefined) return undefined;
    window.scrollTo(0, left.scrolled);
    return settleAt(line, "nearest");
  }, [left, list, memory]);
};

const lineIn = (list: HTMLElement | null, page: PageId): HTMLElement | undefined =>
  list?.querySelector<HTMLElement>(`a[data-page="${page}"]`) ?? undefined;

/** Rows learn their sizes as they come into sight, and what is below them moves: so many frames it is followed. */
const mostFrames = 60;
const stillFor = 3;

const settleAt = (line: HTMLElement | undefined, block: Move["align"]): (() => void) => {
  let frame = 0;
  let still = 0;
  let top = Number.NaN;
  const follow = (times: number): void => {
    if (line === undefined || document.activeElement !== line) return;
    line.scrollIntoView({ block });
    const now = line.getBoundingClientRect().top;
    still = now === top ? still + 1 : 0;
    top = now;
    if (still < stillFor && times < mostFrames)
      frame = requestAnimationFrame(() => follow(times + 1));
  };
  line?.focus({ preventScroll: true });
  follow(0);
  return () => cancelAnimationFrame(frame);
};
