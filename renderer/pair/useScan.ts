import { type RefObject, useEffect, useRef, useState } from "react";
import { parsePairingLink } from "../../shared/bridge/parsePairingLink.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { readQr } from "./readQr.ts";

/** `other`: there is a code, and it is no invitation. */
export type Scan = "starting" | "looking" | "other" | "none" | "refused" | "busy";

/** How often a picture is looked at, ms. */
const everyMs = 200;
/** Larger pictures take longer and read no better, in pixels. */
const widest = 800;

/**
 * The camera is on for as long as this is on the screen, is asked for pictures alone, and no picture leaves this
 * function. It ends with the first invitation that it reads.
 */
export const useScan = (
  onFound: (link: string) => void,
): { readonly scan: Scan; readonly video: RefObject<HTMLVideoElement | null> } => {
  const video = useRef<HTMLVideoElement>(null);
  const { bridge, clock } = useSurroundings();
  const [scan, setScan] = useState<Scan>("starting");
  useEffect(() => {
    let over = false;
    let stream: MediaStream | undefined;
    let stopWaiting = (): void => undefined;
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });

    const look = (): void => {
      const shown = video.current;
      if (over || shown === null || context === null) return;
      const text = shown.videoWidth === 0 ? undefined : readQr(drawn(shown, canvas, context));
      const link = text === undefined ? undefined : parsePairingLink(text);
      if (link?.ok === true) return onFound(link.value);
      setScan(link === undefined ? "looking" : "other");
      stopWaiting = clock.after(everyMs, look);
    };
    const start = async (): Promise<void> => {
      await bridge.window.camera(true);
      try {
        const opened = await navigator.mediaDevices.getUserMedia({
          video: { facingMode: "environment" },
          audio: false,
        });
        stream = opened;
        if (over) return end();
        const shown = video.current;
        if (shown === null) return;
        shown.srcObject = opened;
        await shown.play();
        look();
      } catch (problem) {
        if (!over) setScan(whyNot(problem));
      }
    };
    const end = (): void => {
      for (const track of stream?.getTracks() ?? []) track.stop();
      void bridge.window.camera(false);
    };
    void start();
    return () => {
      over = true;
      stopWaiting();
      end();
      canvas.width = 0;
    };
  }, [bridge, clock, onFound]);
  return { scan, video };
};

const drawn = (
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  context: CanvasRenderingContext2D,
): ImageData => {
  const scale = Math.min(1, widest / video.videoWidth);
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
};

/** The names that browsers give. A page that has no cameras at all to ask for throws a TypeError. */
const whyNot = (problem: unknown): Scan => {
  const name = problem instanceof Error ? problem.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "refused";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "none";
};
