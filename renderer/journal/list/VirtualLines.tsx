import {
  measureElement,
  useWindowVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";
import type { PageId } from "../../../shared/base/ids.ts";
import { useDates } from "../../ui/useDates.ts";
import { CardLine } from "./CardLine.tsx";
import { groupByMonth, withStanding } from "./inWindow.ts";
import type { ListMemory } from "./listMemory.tsx";
import { keyOf, lineFrom, lineOf, type Row } from "./rows.ts";
import { type LineWish, useLineFocus, useLineMoves } from "./useLineFocus.ts";
import { useLineSaying } from "./useLineSaying.ts";
import { useTopOf } from "./useTopOf.ts";

/** Rows beyond the edges that stand ready. */
const ready = 5;
/** Heights before anything was measured, rem. */
const guessed = { month: 3, line: 8 } as const;

type VirtualLinesProps = {
  readonly rows: readonly Row[];
  readonly base: string;
  readonly memory: ListMemory;
  readonly wish: LineWish | undefined;
  /** Whether it may be said how many there are: never of the partner's alone. */
  readonly counted: boolean;
};

/**
 * Years of lines: only those near the window are on the screen. Tab reaches one of them, the arrows go on from
 * there, and it stays there however far somebody scrolls.
 */
export const VirtualLines = ({ rows, base, memory, wish, counted }: VirtualLinesProps) => {
  const dates = useDates();
  const saying = useLineSaying();
  const list = useRef<HTMLDivElement>(null);
  // As it was when this list came: what is kept meanwhile is for the next one.
  const [left] = useState(() => ({ ...memory }));
  const margin = useTopOf(list);
  const focus = useLineFocus(left.opened);
  const { current } = focus;
  const active = useMemo(() => lineOf(rows, current) ?? lineFrom(rows, -1, 1), [rows, current]);
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  // No compiler memoizes this component; what the library gives is read anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const lines = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => guessed[rows[index]?.kind ?? "line"] * rem,
    getItemKey: useCallback((index: number) => keyOf(rows[index], index), [rows]),
    rangeExtractor: useMemo(() => withStanding(rows, active), [rows, active]),
    measureElement: measureTogether,
    onChange: correctBackwards,
    overscan: ready,
    scrollMargin: margin,
    // Known before anything is measured: the first paint has its lines.
    initialRect: { width: window.innerWidth, height: window.innerHeight },
    initialMeasurementsCache: left.sizes,
    initialOffset: () => (left.opened === undefined ? 0 : left.scrolled),
  });
  useLineMoves({ focus, list, left, memory, wish });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const by = stepsOf(event.key, () =>
      linesSeen(lines.getVirtualItems(), lines.scrollOffset ?? 0),
    );
    if (by === undefined) return;
    event.preventDefault();
    const row = rows[lineFrom(rows, active, by)];
    if (row?.kind === "line") focus.goTo(row.card.id, "nearest");
  };
  const onOpen = useCallback(
    (page: PageId) =>
      memory.keep({
        opened: page,
        scrolled: window.scrollY,
        sizes: [...lines.measurementsCache],
      }),
    [memory, lines],
  );

  const placed = ({ start }: VirtualItem): CSSProperties => ({
    transform: `translateY(${start - margin}px)`,
  });
  return (
    // The keys are for the links inside; the element around them is no control.
    <div
      ref={list}
      role="presentation"
      className="virtual-lines"
      style={{ blockSize: lines.getTotalSize() }}
      onKeyDown={onKeyDown}
    >
      {groupByMonth(rows, lines.getVirtualItems()).map(({ month, heading, items }) => (
        <section key={month.start} aria-label={dates.month(month.start)}>
          <h2
            className="month"
            ref={lines.measureElement}
            data-index={heading.index}
            style={placed(heading)}
          >
            {dates.month(month.start)}
          </h2>
          <ul>
            {items.map(({ item, row }) => (
              <li
                key={item.key}
                ref={lines.measureElement}
                data-index={item.index}
                style={placed(item)}
                aria-posinset={row.place}
                aria-setsize={counted ? month.lines : -1}
              >
                <CardLine
                  card={row.card}
                  base={base}
                  saying={saying}
                  reachable={item.index === active}
                  onFocus={focus.setCurrent}
                  onOpen={onOpen}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
};

/**
 * A row counts as it was guessed until the browser has laid all of them out, in the same frame and in one go: each
 * size that is learnt alone makes twenty thousand places be worked out anew.
 */
const measureTogether = (
  element: Element,
  entry: ResizeObserverEntry | undefined,
  lines: Virtualizer<Window, Element>,
): number =>
  entry === undefined
    ? (lines.measurementsCache[lines.indexFromElement(element)]?.size ?? 0)
    : measureElement(element, entry, lines);

/** Forwards, what was passed unseen needs no correction; backwards it would push what is read. */
const correctBackwards = (lines: Virtualizer<Window, Element>): void => {
  lines.shouldAdjustScrollPositionOnItemSizeChange = ({ start }) =>
    lines.scrollDirection === "backward" && start < (lines.scrollOffset ?? 0);
};

/** How many lines a key moves by. */
const stepsOf = (key: string, page: () => number): number | undefined => {
  switch (key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "Home":
      return -Infinity;
    case "End":
      return Infinity;
    case "PageDown":
      return page();
    case "PageUp":
      return -page();
    default:
      return undefined;
  }
};

const linesSeen = (items: readonly VirtualItem[], top: number): number =>
  Math.max(
    1,
    items.filter(({ start, end }) => start >= top && end <= top + window.innerHeight).length - 1,
  );
