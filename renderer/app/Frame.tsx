import { type ReactNode, useLayoutEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import type { Settings } from "../../shared/journal/journal.ts";
import { shortcutOf } from "../palette/keyNames.ts";
import { Keys } from "../palette/Keys.tsx";
import { useJournal, useSurroundings } from "../ui/surroundings.ts";
import { useLive } from "../ui/useLive.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { SteadyButton } from "../steady/SteadyButton.tsx";
import { StepOut } from "../ui/StepOut.tsx";
import { Emblem } from "./Emblem.tsx";
import { useFolderState } from "./useFolderState.ts";
import { type Side, sidePath, sides } from "./sides.ts";
import { useSyncWords } from "./useSyncWords.ts";
import { settingsAt } from "../settings/parts.ts";

type FrameProps = {
  readonly onLock: () => void;
  readonly onPalette: () => void;
  readonly notice?: ReactNode;
  /** The two have met again, and the way there is no longer one to take. */
  readonly met?: boolean;
  readonly children: ReactNode;
};

const paletteKeys = ["Mod", "K"];

export const Frame = ({ onLock, onPalette, notice, met = false, children }: FrameProps) => {
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
      <Navigation met={met} />
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
          <SteadyButton />
          <StepOut />
        </header>
        {notice}
        <main id="page" tabIndex={-1}>
          {children}
        </main>
        <footer className="narrow-foot">
          <SyncFoot met={met} />
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

const Navigation = ({ met }: { readonly met: boolean }) => {
  const { t } = useTranslation();
  return (
    <nav className="nav" aria-label={t("nav.label")}>
      <div className="brand">
        <Emblem />
        {t("name")}
      </div>
      <div className="nav-links">
        <NavLink to="/today">{t("nav.today")}</NavLink>
        <NavLink to="/journal">{t("nav.journal")}</NavLink>
        <NavLink to="/questions">{t("nav.questions")}</NavLink>
        <SideLink side="letters">{t("nav.letters")}</SideLink>
        <SideLink side="agreements">{t("nav.agreements")}</SideLink>
        <SideLink side="us" rests>
          {t("nav.us")}
        </SideLink>
        <SideLink side="timeline" rests>
          {t("nav.timeline")}
        </SideLink>
        <div className="sep" role="presentation" />
        <SideLink side="forMe" rests>
          {t("nav.forMe")}
        </SideLink>
        <NavLink to="/room">{t("nav.room")}</NavLink>
        <NavLink to="/settings" rests>
          {t("nav.settings")}
        </NavLink>
        <NavLink to="/help" also={["/begin"]} rests>
          {t("nav.help")}
        </NavLink>
        <NavLink to="/begin" also={resting} narrow>
          {t("nav.more")}
        </NavLink>
      </div>
      <div className="foot">
        <SyncFoot met={met} />
      </div>
    </nav>
  );
};

/** Where a narrow window has no line for, and "More" leads. */
const resting = [
  "/help",
  "/settings",
  ...[...sides.us, ...sides.timeline, ...sides.forMe].map(sidePath),
];

type SideLinkProps = {
  readonly side: Side;
  readonly rests?: boolean;
  readonly children: ReactNode;
};

/** A line with several places: it leads to the first of them. */
const SideLink = ({ side, rests = false, children }: SideLinkProps) => {
  const [first, ...others] = sides[side];
  return (
    <NavLink to={sidePath(first)} also={others.map(sidePath)} rests={rests}>
      {children}
    </NavLink>
  );
};

type NavLinkProps = {
  readonly to: string;
  /** Places beside it that have no line of their own. */
  readonly also?: readonly string[];
  /** A narrow window has no room for it. */
  readonly rests?: boolean;
  /** Only a narrow window has it. */
  readonly narrow?: boolean;
  readonly children: ReactNode;
};

const NavLink = ({ to, also = [], rests = false, narrow = false, children }: NavLinkProps) => {
  const [location] = useLocation();
  const here = [to, ...also].some((place) => `${location}/`.startsWith(`${place}/`));
  return (
    <Link
      href={to}
      className={rests ? "where-wide" : narrow ? "where-narrow" : undefined}
      aria-current={here ? "page" : undefined}
    >
      {children}
    </Link>
  );
};

const SyncFoot = ({ met }: { readonly met: boolean }) => {
  const { t } = useTranslation();
  const words = useSyncWords();
  const names = usePartnerName();
  const { partner: now, settings, sync, ending, computers } = useJournal();
  const partner = useLive(now);
  const used = useLive(settings);
  const { mine, theirs } = useLive(computers);
  const places = mine > 0 || theirs > 1 ? { context: "more" as const } : {};
  const folder = useFolderState();
  const { state } = useLive(sync);
  const ended = useLive(ending.state);
  const left = ended.state === "together" && ended.partnerEnded !== undefined;
  return (
    <>
      <p>{words}</p>
      {partner === undefined && state !== "ended" ? (
        <p>
          <Link href="/pair">{t("invite")}</Link>
        </p>
      ) : null}
      {state === "paused" && !left && !met ? (
        <p>
          <Link href="/pair">{t("pausedBanner.go", names)}</Link>
        </p>
      ) : null}
      {!left && (state === "waiting" || state === "notYetMet") ? (
        <p>
          <Link href="/capsule">{t("sync.file")}</Link>
        </p>
      ) : null}
      {folder === "asks" ? (
        <p>
          <Link href={settingsAt("folder")}>{t("sync.folderAsks")}</Link>
        </p>
      ) : null}
      <p>{partner === undefined ? t("placeAlone") : t(placeOf(used), places)}</p>
    </>
  );
};

/** Where the two's words are, as far as they chose it. */
const placeOf = ({ mailboxes, sharedFolder }: Pick<Settings, "mailboxes" | "sharedFolder">) => {
  if (mailboxes.length > 0) return sharedFolder ? "placeBoth" : "placeMailbox";
  return sharedFolder ? "placeFolder" : "place";
};
