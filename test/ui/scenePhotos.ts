import type { Page } from "playwright-core";
import { pageAt } from "./scenes.ts";
import type { Step } from "./stateSteps.ts";

/** A hill under an evening sky, so that there is something to look at. */
const paint = (page: Page, width: number, height: number): Promise<string> =>
  page.evaluate(
    async ([w, h]) => {
      const canvas = new OffscreenCanvas(w, h);
      const pen = canvas.getContext("2d");
      if (pen === null) throw new Error("no canvas");
      const sky = pen.createLinearGradient(0, 0, 0, h);
      for (const [at, colour] of [
        [0, "#50607a"],
        [0.6, "#d9a688"],
        [0.7, "#f0d7b5"],
      ] as const)
        sky.addColorStop(at, colour);
      pen.fillStyle = sky;
      pen.fillRect(0, 0, w, h);
      pen.fillStyle = "#39483f";
      pen.beginPath();
      pen.ellipse(w * 0.3, h * 1.15, w * 0.7, h * 0.5, 0, 0, Math.PI * 2);
      pen.fill();
      const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.85 });
      return btoa(String.fromCharCode(...new Uint8Array(await blob.arrayBuffer())));
    },
    [width, height] as const,
  );

/** One that is here, and one that has not come. */
export const withPhotos =
  (number: number): Step =>
  async (page) => {
    const text = await paint(page, 1200, 800);
    await page.evaluate(
      ([to, letters]) => {
        const bytes = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
        const photo = { bytes, width: 1200, height: 800, type: "image/jpeg" as const };
        return window.scene.addPhotos(to, [
          { ...photo, words: "The hill behind the house, a little after six." },
          { ...photo, missing: true },
        ]);
      },
      [pageAt(number), text] as const,
    );
    await page.locator(".photo-frame img").first().waitFor();
  };
