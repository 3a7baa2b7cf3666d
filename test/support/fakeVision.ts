import * as Y from "yjs";
import type { Clock } from "../../shared/base/clock.ts";
import type { PageId } from "../../shared/base/ids.ts";
import { createCell } from "../../shared/base/live.ts";
import { accept, refuse, type Result } from "../../shared/base/result.ts";
import type { SaveState } from "../../shared/journal/openPage.ts";
import type { Vision, VisionPage } from "../../shared/journal/vision.ts";
import type { Card, PageBody } from "../../shared/page/card.ts";
import type { VersionId } from "../../shared/page/versions.ts";
import { plainWords } from "../../shared/page/words.ts";

/** A line of the vision and whose it is; and how it stood before. */
export type FakeVision = {
  readonly lines?: readonly (readonly ["me" | "partner", string])[];
  readonly earlier?: readonly (readonly string[])[];
};

type Parts = {
  readonly clock: Clock;
  readonly start: FakeVision | undefined;
  readonly isThere: () => boolean;
  readonly hasEnded: () => boolean;
  /** A page of mine on the shared side, with these words. */
  readonly say: (card: Partial<Card>, body: string) => PageId;
};

export const fakeVision = ({ clock, start, isThere, hasEnded, say }: Parts): Vision => {
  const { lines = [], earlier = [] } = start ?? {};
  const doc = new Y.Doc();
  const body = doc.getXmlFragment("body");
  body.push(lines.map(([, text]) => paragraph(text)));
  const saved = createCell<SaveState>({ state: "untouched" });
  doc.on("update", () => saved.set({ state: "saved" }));
  const words = (): string => plainWords(body, 10_000);
  const refused = (): Result<never, "NO_PAGE"> => refuse("NO_PAGE");
  const page = (): VisionPage => ({
    body: body as unknown as PageBody,
    editable: !hasEnded(),
    makeWhole: () => {},
    saved,
    flush: async () => accept(undefined),
    bringBack: async ({ body: then }) => {
      if (!(then instanceof Y.XmlFragment)) return refused();
      body.delete(0, body.length);
      body.push(
        then.toArray().flatMap((one) => (one instanceof Y.XmlElement ? [one.clone()] : [])),
      );
      return accept(undefined);
    },
    propose: async () =>
      words() === "" ? refuse("EMPTY") : accept(say({ kind: "visionVersion" }, words())),
    close: async () => {},
  });
  return {
    open: async () => (isThere() ? accept(page()) : refused()),
    openHistory: async () => {
      if (!isThere()) return refused();
      const all = [...earlier.map(bodyOf), ...(body.length === 0 ? [] : [body.clone()])];
      const held = new Y.Doc();
      return accept({
        versions: all.map((one, index) => {
          if (one.doc === null) held.getMap("all").set(String(index), one);
          return {
            id: (index + 1) as VersionId,
            writtenAt: clock.now() - (all.length - index) * 86_400_000,
            dateDoubtful: false,
            title: "",
            body: one as unknown as PageBody,
          };
        }),
        photos: {
          add: async () => refuse("NOT_YOURS"),
          read: async () => refuse("PHOTO_MISSING"),
          onArrival: () => () => {},
        },
        close: () => {},
      });
    },
    whose: async () =>
      isThere()
        ? accept(
            body.toArray().map((node) => {
              const text = plainTextOf(node);
              const who = lines.find(([, line]) => line === text)?.[0] ?? "me";
              return [{ who, text }];
            }),
          )
        : refused(),
  };
};

const paragraph = (text: string): Y.XmlElement => {
  const made = new Y.XmlElement("paragraph");
  made.insert(0, [new Y.XmlText(text)]);
  return made;
};

const bodyOf = (lines: readonly string[]): Y.XmlFragment => {
  const fragment = new Y.Doc().getXmlFragment("body");
  fragment.push(lines.map(paragraph));
  return fragment;
};

const plainTextOf = (node: unknown): string =>
  node instanceof Y.XmlElement ? plainWords(node, 10_000) : "";
