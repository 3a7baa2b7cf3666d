import type { EditorView } from "@tiptap/pm/view";
import { createCell, type Live } from "../../../shared/base/live.ts";
import type { PhotoCode, Photos } from "../../../shared/journal/openPage.ts";
import { mostPhotosOnPage } from "../../../shared/page/photo.ts";
import type { PhotoPreparer } from "./photoInWorker.ts";
import { placeAt } from "./photoPlace.ts";
import type { PrepareCode } from "./preparePicture.ts";

/** TOO_MANY: a page holds so many and no more. */
export type LeftCode = Exclude<PrepareCode, "CANCELLED"> | PhotoCode | "TOO_MANY";

export type TakingState = {
  /** The one that is being prepared, of so many; undefined while nothing is. */
  readonly now: { readonly number: number; readonly all: number } | undefined;
  /** Of the last time: photos that came in, and why others stayed out. */
  readonly taken: number;
  readonly left: ReadonlyMap<LeftCode, number>;
};

export type PhotoTaking = {
  readonly state: Live<TakingState>;
  /** @param at where they are to stand; where it is left out, below the cursor */
  readonly take: (view: EditorView, files: readonly File[], at?: number) => void;
  /** What has come in stays in. */
  readonly cancel: () => void;
};

const idle: TakingState = { now: undefined, taken: 0, left: new Map() };

/** One after the other: prepared, then on this computer's disk, and only then named by the page. */
export const createPhotoTaking = (photos: Photos, preparer: PhotoPreparer): PhotoTaking => {
  const state = createCell<TakingState>(idle);
  let waiting: (() => Promise<void>)[] = [];
  let running = false;
  let number = 0;
  let all = 0;

  const leave = (code: LeftCode): void => {
    const left = new Map(state.read().left);
    state.set({ ...state.read(), left: left.set(code, (left.get(code) ?? 0) + 1) });
  };
  const takeOne = async (
    view: EditorView,
    place: ReturnType<typeof placeAt>,
    file: File,
    mine: object,
  ): Promise<void> => {
    const gone = (): boolean => mine !== turn || view.isDestroyed;
    if (gone()) return;
    if (countPhotos(view) >= mostPhotosOnPage) return leave("TOO_MANY");
    const prepared = await preparer.prepare(file);
    if (gone()) return;
    if (!prepared.ok) return prepared.code === "CANCELLED" ? undefined : leave(prepared.code);
    const added = await photos.add(prepared.value);
    if (gone()) return;
    if (!added.ok) return leave(added.code);
    place.put(added.value);
    state.set({ ...state.read(), taken: state.read().taken + 1 });
  };
  const run = async (): Promise<void> => {
    running = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      number += 1;
      state.set({ ...state.read(), now: { number, all } });
      await next();
    }
    running = false;
    state.set({ ...state.read(), now: undefined });
    // Its memory is large.
    preparer.end();
  };
  /** Of what has not been cancelled; another object once it is. */
  let turn = {};

  return {
    state,
    take: (view, files, at) => {
      if (!running) {
        number = 0;
        all = 0;
        state.set(idle);
      }
      const mine = turn;
      const place = placeAt(view, at ?? view.state.selection.to);
      all += files.length;
      waiting.push(...files.map((file) => () => takeOne(view, place, file, mine)));
      if (!running) void run();
    },
    cancel: () => {
      turn = {};
      waiting = [];
      preparer.end();
    },
  };
};

const countPhotos = (view: EditorView): number => {
  let count = 0;
  view.state.doc.descendants(({ type }) => {
    if (type.name === "photo") count += 1;
  });
  return count;
};
