/**
 * A file that Linux desktops start a program by.
 * @see https://specifications.freedesktop.org/desktop-entry-spec/latest/exec-variables.html
 */

/** Undefined where the program's path cannot be said in such a file. */
export const desktopEntry = (program: readonly string[]): string | undefined => {
  const exec = execLine(program);
  if (exec === undefined) return undefined;
  // Its name and nothing more: no word about what it is for.
  return [
    "[Desktop Entry]",
    "Type=Application",
    "Name=Twofold",
    exec,
    "Icon=twofold",
    "Terminal=false",
    "StartupNotify=false",
    "",
  ].join("\n");
};

/**
 * Desktops read a program with "=" in it as a variable; GLib looks for one with "%" before it has read the sign; and
 * about lines and other signs that no key makes they disagree.
 */
export const execLine = (program: readonly string[]): string | undefined => {
  const [path = ""] = program;
  const cannotBeSaid = path === "" || path.includes("=") || program.some(isReadOtherwise);
  return cannotBeSaid ? undefined : `Exec=${program.map(quote).join(" ")}`;
};

const isReadOtherwise = (word: string): boolean =>
  [...word].some((sign) => sign < " " || sign === "\u007f" || sign === "%");

/** Inside quotes four signs are led in by a backslash; and in this kind of file a backslash is written as two. */
const quote = (word: string): string =>
  /^[\w@+:,./-]+$/.test(word)
    ? word
    : `"${word.replaceAll(/["`$\\]/g, "\\$&")}"`.replaceAll("\\", "\\\\");

/** Desktops that let people switch a program off here write it into the file. */
export const isSwitchedOff = (entry: string): boolean =>
  entry
    .split("\n")
    .map((line) => line.replaceAll(/\s/g, "").toLowerCase())
    .some((line) => line === "hidden=true" || line === "x-gnome-autostart-enabled=false");
