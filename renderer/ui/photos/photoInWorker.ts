import { refuse } from "../../../shared/base/result.ts";
import { preparePicture } from "./preparePicture.ts";
import type { PhotoAnswer, PhotoAsk, Prepared } from "./photoAsk.ts";

export type PhotoPreparer = {
  readonly prepare: (file: Blob) => Promise<Prepared>;
  /** What is under way is given up, and its memory goes back at once. The next one may still come. */
  readonly end: () => void;
};

/** Large pictures are decoded beside the screen, so that writing goes on; on the page itself where no worker runs. */
export const createPhotoPreparer = (): PhotoPreparer => {
  const waiting = new Map<
    number,
    { readonly file: Blob; readonly settle: (p: Prepared) => void }
  >();
  let worker: Worker | undefined;
  let broken = false;
  let asked = 0;

  const breakDown = (): void => {
    broken = true;
    worker?.terminate();
    worker = undefined;
    const left = [...waiting.values()];
    waiting.clear();
    for (const { file, settle } of left) void preparePicture(file).then(settle);
  };
  const start = (): Worker => {
    const started = new Worker(new URL("../../workers/photo.worker.ts", import.meta.url), {
      type: "module",
    });
    started.addEventListener("error", breakDown);
    started.addEventListener("messageerror", breakDown);
    started.addEventListener("message", ({ data }: MessageEvent<PhotoAnswer>) => {
      const one = waiting.get(data.number);
      waiting.delete(data.number);
      one?.settle(data.prepared);
    });
    return started;
  };

  return {
    prepare: (file) => {
      if (broken) return preparePicture(file);
      worker ??= start();
      asked += 1;
      const number = asked;
      const answer = new Promise<Prepared>((settle) => waiting.set(number, { file, settle }));
      worker.postMessage({ number, file } satisfies PhotoAsk);
      return answer;
    },
    end: () => {
      worker?.terminate();
      worker = undefined;
      const left = [...waiting.values()];
      waiting.clear();
      for (const { settle } of left) settle(refuse("CANCELLED"));
    },
  };
};
