import type { Server } from "node:net";
import { accept, refuse, type Result } from "../shared/base/result.ts";

export type ListenCode = "PORT_TAKEN" | "PORT_FORBIDDEN" | "BAD_HOST" | "CANNOT_LISTEN";

/** Resolves with the port that was taken. */
export const listen = (
  server: Server,
  host: string,
  port: number,
): Promise<Result<number, ListenCode>> =>
  new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(refuse(codeOf(error), error.code));
    server.once("error", onError);
    server.listen({ host, port }, () => {
      server.off("error", onError);
      const address = server.address();
      resolve(
        typeof address === "object" && address !== null
          ? accept(address.port)
          : refuse("CANNOT_LISTEN"),
      );
    });
  });

const codeOf = ({ code = "" }: NodeJS.ErrnoException): ListenCode => {
  switch (code) {
    case "EADDRINUSE":
      return "PORT_TAKEN";
    case "EACCES":
      return "PORT_FORBIDDEN";
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "BAD_HOST";
    default:
      return "CANNOT_LISTEN";
  }
};
