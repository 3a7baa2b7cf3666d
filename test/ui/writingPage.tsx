import tokens from "../../renderer/ui/tokens.css?inline";
import base from "../../renderer/ui/base.css?inline";
import parts from "../../renderer/ui/parts.css?inline";
import screens from "../../renderer/ui/screens.css?inline";
import writing from "../../renderer/ui/writing.css?inline";
import alone from "../../renderer/ui/alone.css?inline";
import ask from "../../renderer/ui/ask.css?inline";
import photosCss from "../../renderer/ui/photos.css?inline";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import * as Y from "yjs";
import { startTexts } from "../../renderer/i18n/start.ts";
import { LazyPageEditor } from "../../renderer/ui/editor/LazyPageEditor.tsx";
import { WordsOfPage } from "../../renderer/ui/editor/WordsOfPage.tsx";
import { Hints } from "../../renderer/ui/hints/Hints.tsx";
import { keepPreferences, readPreferences } from "../../renderer/ui/preferences.ts";
import { JournalContext, SurroundingsContext } from "../../renderer/ui/surroundings.ts";
import type { PageBody } from "../../shared/page/card.ts";
import { type Piece, readPieces, writePieces } from "../../shared/page/pieces.ts";
import type { Bridge } from "../../shared/bridge/bridge.ts";
import { createFakeJournal } from "../support/fakeJournal.ts";
import { createFakePhotos } from "../support/fakePhotos.ts";

const photos = createFakePhotos();

/** The editor alone on a page, for tests that look at it closely; what a test calls stands on `window.desk`. */
const desk = {
  /** A page with these words, on the screen. */
  open: (name: string, pieces: readonly Piece[] = []) => {
    const doc = pages.get(name) ?? new Y.Doc();
    if (!pages.has(name)) {
      writePieces(bodyOf(doc), pieces);
      doc.on("update", () => {
        updates += 1;
      });
    }
    pages.set(name, doc);
    shown = name;
    updates = 0;
    draw();
  },
  read: (name = shown): readonly Piece[] => readPieces(bodyOf(docOf(name))),
  /** As an update that came out of the ledger, as livePage.ts applies it. */
  fromLedger: (pieces: readonly Piece[]) => {
    const doc = docOf(shown);
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    writePieces(bodyOf(other), pieces);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other, Y.encodeStateVector(doc)), "ledger");
  },
  /** Where the photos of every page are, once `configure` says that pages take some. */
  photos,
  /** How often the page changed since it was opened. */
  updates: () => updates,
  raw: (name = shown) => docOf(name).getXmlFragment("body").toJSON(),
  attributes: (path: readonly number[]) => {
    let at: unknown = docOf(shown).getXmlFragment("body");
    for (const index of path) at = (at as Y.XmlFragment).get(index);
    return (at as Y.XmlElement).getAttributes();
  },
  /** Into the page as it lies there, whatever the schema says of it. */
  plant: (name: string) => {
    docOf(shown)
      .getXmlFragment("body")
      .push([new Y.XmlElement(name)]);
  },
  configure: (change: Partial<typeof config>) => {
    Object.assign(config, change);
    keepPreferences({ ...readPreferences(), wordCount: config.wordCount });
    draw();
  },
};

declare global {
  interface Window {
    desk: typeof desk;
  }
}

const config = { hints: true, wordCount: false, reading: false, photos: false };
const pages = new Map<string, Y.Doc>();
let shown = "";
let updates = 0;

const docOf = (name: string): Y.Doc => {
  const doc = pages.get(name);
  if (doc === undefined) throw new Error(`no page ${name}`);
  return doc;
};
const bodyOf = (doc: Y.Doc): PageBody => doc.getXmlFragment("body") as unknown as PageBody;

const styles = document.createElement("style");
styles.textContent = [tokens, base, parts, screens, writing, alone, ask, photosCss].join("\n");
document.head.append(styles);
const place = document.createElement("div");
place.id = "root";
document.body.append(place);
const root = createRoot(place);
const clock = {
  now: () => Date.now(),
  after: (ms: number, run: () => void) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
const journal = createFakeJournal({ clock, pages: [] });
const surroundings = {
  bridge: undefined as unknown as Bridge,
  clock,
  stepOut: () => {},
  steady: () => {},
};
const texts = await startTexts();

const draw = () => {
  const body = bodyOf(docOf(shown));
  root.render(
    <I18nextProvider i18n={texts}>
      <SurroundingsContext value={surroundings}>
        <JournalContext value={journal}>
          <div className="frame">
            <nav className="nav">Navigation</nav>
            <div className="beside-nav">
              <header className="top">
                <button className="btn">Step out</button>
              </header>
              <main>
                <article className="stack">
                  {config.reading ? (
                    <WordsOfPage body={body} {...(config.photos ? { photos } : {})} />
                  ) : (
                    <LazyPageEditor
                      key={String(config.wordCount)}
                      body={body}
                      label="Your words"
                      autoFocus
                      {...(config.photos ? { photos } : {})}
                    />
                  )}
                  {config.hints ? <Hints body={body} about="owning" /> : null}
                  <p className="saved">Saved on this computer</p>
                </article>
              </main>
            </div>
          </div>
        </JournalContext>
      </SurroundingsContext>
    </I18nextProvider>,
  );
};

document.title = "Desk";
window.desk = desk;
