/**
 * Libraries say on the console what troubles them, with names of documents in it; and an error that nobody caught
 * would be printed with its message. Here both are counted at most: what strangers send is no reason for a line, and
 * never for its text.
 */
export const hushLibraries = (write: (line: string) => void): void => {
  for (const method of ["log", "info", "warn", "error", "debug"] as const)
    console[method] = () => {};
  let told = false;
  process.on("unhandledRejection", (reason) => {
    if (!told) write(`Something unexpected happened (${nameOf(reason)}); the server goes on.`);
    told = true;
  });
  process.on("uncaughtException", (error) => {
    write(`The server ends after something unexpected (${nameOf(error)}).`);
    for (const line of placesOf(error)) write(line);
    process.exit(70);
  });
};

const nameOf = (reason: unknown): string => (reason instanceof Error ? reason.name : "no error");

/** Where in the program, without the message, which may quote what a client sent. */
const placesOf = (error: unknown): readonly string[] =>
  error instanceof Error
    ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
    : [];
