import type { App } from "electron";

export type SingleInstanceParts = {
  readonly app: App;
  /** A second start of the same profile: its command line. */
  readonly onSecondStart: (argv: readonly string[]) => void;
  /** macOS hands links over by an event, also before `ready`. */
  readonly onLink: (link: string) => void;
  /** The same for files that are opened with this app. */
  readonly onFile: (path: string) => void;
};

/**
 * One process a profile: two would write to the same ledger. The lock lives in the profile's folder, so that
 * `userData` must be set before. False: another one runs and has been told; this one has to quit.
 */
export const claimProfile = ({
  app,
  onSecondStart,
  onLink,
  onFile,
}: SingleInstanceParts): boolean => {
  if (!app.requestSingleInstanceLock()) return false;
  app.on("second-instance", (_event, argv) => onSecondStart(argv));
  app.on("open-url", (event, link) => {
    event.preventDefault();
    onLink(link);
  });
  app.on("open-file", (event, path) => {
    event.preventDefault();
    onFile(path);
  });
  return true;
};
