import { preparePicture } from "../ui/photos/preparePicture.ts";
import type { PhotoAnswer, PhotoAsk } from "../ui/photos/photoAsk.ts";

/** Pictures as they come from a camera, one after the other. Whoever started it ends it. */
let last: Promise<unknown> = Promise.resolve();

addEventListener("message", ({ data: { number, file } }: MessageEvent<PhotoAsk>) => {
  last = last.then(async () => {
    const prepared = await preparePicture(file);
    postMessage({ number, prepared } satisfies PhotoAnswer);
  });
});
