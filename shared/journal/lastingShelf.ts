import { createCell } from "../base/live.ts";
import type { PageId } from "../base/ids.ts";
import type { Result } from "../base/result.ts";
import type { PageFacts } from "../page/facts.ts";
import type { PageNews, Pages } from "../page/pages.ts";
import type { PhotoBox } from "../page/photoBox.ts";
import type { SharedShelf } from "./sharedShelf.ts";

/**
 * The shared shelf as screens, open pages and what is being sent hold it. When the two meet again, the shelf below is
 * opened anew with other keys while somebody may be typing: what is written meanwhile waits, and goes to the new one.
 */
export type LastingShelf = {
  readonly shelf: SharedShelf;
  /** Closes the one below, opens another; words that come in between wait for it. False: there is none any more. */
  readonly change: (
    close: () => Promise<void>,
    open: () => Promise<SharedShelf | undefined>,
  ) => Promise<boolean>;
  /** Lets go of what it follows; the shelf below is closed by whoever opened it. */
  readonly leave: () => void;
};

export const createLastingShelf = (first: SharedShelf): LastingShelf => {
  let below = first;
  let changing: Promise<unknown> | undefined;
  const facts = createCell<ReadonlyMap<PageId, PageFacts>>(first.pages.facts.read());
  const followed = new Set<() => void>();
  let letGo: (() => void)[] = [];

  /** Holds on to something of the shelf below, and of each that follows it. */
  const follow = (take: () => () => void): (() => void) => {
    let drop = take();
    const again = (): void => {
      drop = take();
    };
    followed.add(again);
    return () => {
      followed.delete(again);
      drop();
    };
  };
  const followFacts = (): (() => void) => {
    const { facts: those } = below.pages;
    facts.set(those.read());
    return those.subscribe(() => facts.set(those.read()));
  };
  letGo.push(followFacts());

  const through = async <Value, Code extends string>(
    job: (shelf: SharedShelf) => Promise<Result<Value, Code>>,
  ): Promise<Result<Value, Code>> => {
    for (;;) {
      await changing;
      const shelf = below;
      const done = await job(shelf);
      const isChanged = changing !== undefined || shelf !== below;
      if (done.ok || done.code !== "STORE_CLOSED" || !isChanged) return done;
    }
  };

  const pages: Pages = {
    facts,
    load: () => below.pages.load(),
    digest: (messages) => below.pages.digest(messages),
    read: (page) => through((shelf) => shelf.pages.read(page)),
    watch: (page, hear: (news: PageNews) => void) => follow(() => below.pages.watch(page, hear)),
    forget: () => below.pages.forget(),
  };
  const photos: PhotoBox = {
    add: (photo) => through(({ photos: box }) => box.add(photo)),
    read: (photo, elsewhere) => through(({ photos: box }) => box.read(photo, elsewhere)),
    chunk: (name) => through(({ photos: box }) => box.chunk(name)),
    bring: (names, from) => {
      const all = [...names];
      return through(({ photos: box }) => box.bring(all, from));
    },
    take: (chunks) => through(({ photos: box }) => box.take(chunks)),
    onArrival: (hear) => follow(() => below.photos.onArrival(hear)),
    load: () => through(({ photos: box }) => box.load()),
    missing: () => below.photos.missing(),
    has: (name) => below.photos.has(name),
    hold: () => follow(() => below.photos.hold()),
    tidy: () => below.photos.tidy(),
    close: () => below.photos.close(),
  };

  const vision: SharedShelf["vision"] = {
    hands: below.vision.hands,
    read: () => through((shelf) => shelf.vision.read()),
    watch: (hear) => follow(() => below.vision.watch(hear)),
    write: (update) => through((shelf) => shelf.vision.write(update)),
    said: () => through((shelf) => shelf.vision.said()),
  };

  return {
    shelf: {
      pages,
      photos,
      vision,
      get ledger(): SharedShelf["ledger"] {
        return {
          ...below.ledger,
          write: (draft) => through(({ ledger }) => ledger.write(draft)),
          redact: (lines) => through(({ ledger }) => ledger.redact(lines)),
        };
      },
      get chains(): SharedShelf["chains"] {
        return below.chains;
      },
      write: (page, act, body) => through((shelf) => shelf.write(page, act, body)),
      writeAll: (writes) => through((shelf) => shelf.writeAll(writes)),
      messagesOf: (page) => through((shelf) => shelf.messagesOf(page)),
      close: () => below.close(),
    },
    change: async (close, open) => {
      const turn = async (): Promise<boolean> => {
        for (const drop of letGo) drop();
        letGo = [];
        await close();
        const next = await open();
        if (next === undefined) return false;
        below = next;
        letGo.push(followFacts());
        for (const again of followed) again();
        return true;
      };
      const running = turn();
      // Whoever waits for it is not who is told of what went wrong.
      changing = running.catch(() => false);
      const changed = await running.finally(() => (changing = undefined));
      return changed;
    },
    leave: () => {
      for (const drop of letGo) drop();
      letGo = [];
      facts.set(new Map());
    },
  };
};
