import {
  measureElement,
  useWindowVirtualizer,
  type VirtualItem,
  type Virtualizer,
} from "@tanstack/react-virtual";
import {
  type FocusEvent,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useMemo,
  useRef,
  useState,
} from "react";
import { useLocation } from "wouter";
import type { PageId } from "../../../shared/base/ids.ts";
import { CardLine } from "./CardLine.tsx";
import { groupByMonth, watchLeaps, withStanding } from "./inWindow.ts";
import type { ListMemory } from "./listMemory.tsx";
import { keyOf, lineFrom, lineOf, type Row } from "./rows.ts";
import { type LineWish, useLineFocus, useLineMoves } from "./useLineFocus.ts";
import type { LineSaying } from "./useLineSaying.ts";
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
  readonly saying: LineSaying;
  /** Whether it may be said how many there are: never of the partner's alone. */
  readonly counted: boolean;
};

/**
 * Years of lines: only those near the window are on the screen. Tab reaches one of them, the arrows go on from
 * there, and it stays there however far somebody scrolls.
 */
export const VirtualLines = (props: VirtualLinesProps) => {
  const { rows, base, memory, wish, saying, counted } = props;
  const [, navigate] = useLocation();
  const list = useRef<HTMLDivElement>(null);
  // As it was when this list came: what is kept meanwhile is for the next one.
  const [left] = useState(() => ({ ...memory }));
  const margin = useTopOf(list);
  const focus = useLineFocus(left.opened);
  const { current } = focus;
  const active = useMemo(() => lineOf(rows, current) ?? lineFrom(rows, -1, 1), [rows, current]);
  const [rem] = useState(remInPixels);
  const [isLeap] = useState(watchLeaps);
  const keys = useMemo(() => rows.map(keyOf), [rows]);
  // No compiler memoizes this component; what the library gives is read anew at each render.
  // oxlint-disable-next-line react/incompatible-library
  const lines = useWindowVirtualizer({
    count: rows.length,
    estimateSize: (index) => (typeof keys[index] === "number" ? guessed.month : guessed.line) * rem,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    rangeExtractor: useMemo(() => withStanding(rows, active, isLeap), [rows, active, isLeap]),
    measureElement: measureTogether,
    onChange: correctBackwards,
    overscan: ready,
    // Written where it belongs at once: a row that learns its size moves the others without being rendered again.
    directDomUpdates: true,
    directDomUpdatesMode: "position",
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
  const onFocus = ({ target }: FocusEvent) => {
    const page = pageAt(target);
    if (page !== undefined) focus.setCurrent(page);
  };
  // One for all of them: a link of the router's own listens and looks up where it is, in each line that comes.
  const onClick = (event: MouseEvent) => {
    const page = pageAt(event.target);
    if (page === undefined || !isPlainClick(event)) return;
    event.preventDefault();
    memory.keep({
      opened: page,
      scrolled: window.scrollY,
      sizes: [...lines.measurementsCache],
    });
    navigate(`${base}/${page}`);
  };

  return (
    // What is heard here is for the links inside; the elements around them are no controls.
    <div ref={list} role="presentation" onKeyDown={onKeyDown} onFocus={onFocus} onClick={onClick}>
      <div ref={lines.containerRef} className="virtual-lines">
        {groupByMonth(rows, lines.getVirtualItems()).map(({ month, heading, items }) => (
          <section key={month.start} aria-label={saying.month(month.start)}>
            <h2 className="month" ref={lines.measureElement} data-index={heading.index}>
              {saying.month(month.start)}
            </h2>
            <ul>
              {items.map(({ item, row }) => (
                <li
                  key={item.key}
                  ref={lines.measureElement}
                  data-index={item.index}
                  aria-posinset={row.place}
                  aria-setsize={counted ? month.lines : -1}
                >
                  <CardLine
                    card={row.card}
                    base={base}
                    saying={saying}
                    reachable={item.index === active}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
};

const remInPixels = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

const pageAt = (target: EventTarget): PageId | undefined =>
  target instanceof Element
    ? (target.closest<HTMLElement>("a[data-page]")?.dataset["page"] as PageId | undefined)
    : undefined;

/** With a key held down, a browser opens a link in its own way. */
const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey);

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
