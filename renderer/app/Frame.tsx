import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import { shortcutOf } from "../palette/keyNames.ts";
import { Keys } from "../palette/Keys.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { StepOut } from "../ui/StepOut.tsx";
import { Emblem } from "./Emblem.tsx";
import { useSyncWords } from "./useSyncWords.ts";

type FrameProps = {
  readonly onLock: () => void;
  readonly onPalette: () => void;
  readonly notice?: ReactNode;
  readonly children: ReactNode;
};

const paletteKeys = ["Mod", "K"];

export const Frame = ({ onLock, onPalette, notice, children }: FrameProps) => {
  const { t } = useTranslation(["app", "palette"]);
  const { platform } = useSurroundings().bridge.shell;
  const [location] = useLocation();
  // Before the screen's own effects: a list that was left goes back to where it was.
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
  }, [location]);
  return (
    <div className="frame">
      <a className="skip" href="#page" onClick={skipToPage}>
        {t("skip")}
      </a>
      <Navigation />
      <div className="beside-nav">
        <header className="top">
          <span className="brand small">
            <Emblem />
            {t("name")}
          </span>
          <Button
            className="btn quiet open-palette"
            onPress={onPalette}
            aria-keyshortcuts={shortcutOf(paletteKeys, platform)}
          >
            {t("palette:open")}
            <Keys keys={paletteKeys} />
          </Button>
          <Button className="btn" onPress={onLock}>
            {t("lock")}
          </Button>
          <StepOut />
        </header>
        {notice}
        <main id="page" tabIndex={-1}>
          {children}
        </main>
        <footer className="narrow-foot">
          <SyncFoot />
        </footer>
      </div>
    </div>
  );
};

/** The address line belongs to the routes; the skip link only moves the focus. */
const skipToPage = (event: { readonly preventDefault: () => void }) => {
  event.preventDefault();
  document.getElementById("page")?.focus();
};

const Navigation = () => {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t("nav.label")}>
      <div className="brand">
        <Emblem />
        {t("name")}
      </div>
      <div className="nav-links">
        <NavLink to="/journal">{t("nav.journal")}</NavLink>
        <NavLink to="/questions">{t("nav.questions")}</NavLink>
        <NavLink to="/letters">{t("nav.letters")}</NavLink>
        <div className="sep" role="presentation" />
        <NavLink to="/room">{t("nav.room")}</NavLink>
        <NavLink to="/settings">{t("nav.settings")}</NavLink>
      </div>
      <div className="foot">
        <SyncFoot />
      </div>
    </nav>
  );
};

const NavLink = ({ to, children }: { readonly to: string; readonly children: ReactNode }) => {
  const [location] = useLocation();
  const here = location === to || location.startsWith(`${to}/`);
  return (
    <Link href={to} aria-current={here ? "page" : undefined}>
      {children}
    </Link>
  );
};

const SyncFoot = () => {
  const { t } = useTranslation();
  const words = useSyncWords();
  const { partner: now, settings, sync } = useJournal();
  const partner = useLive(now);
  const { mailboxes } = useLive(settings);
  const { state } = useLive(sync);
  const place =
    partner === undefined ? "placeAlone" : mailboxes.length > 0 ? "placeMailbox" : "place";
  return (
    <>
      <p>{words}</p>
      {partner === undefined ? (
        <p>
          <Link href="/pair">{t("invite")}</Link>
        </p>
      ) : null}
      {state === "waiting" || state === "notYetMet" ? (
        <p>
          <Link href="/capsule">{t("sync.file")}</Link>
        </p>
      ) : null}
      <p>{t(place)}</p>
    </>
  );
};
