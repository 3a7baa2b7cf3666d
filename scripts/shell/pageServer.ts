import { createServer, type RequestListener } from "node:http";
import { accept, type Result } from "../../shared/base/result.ts";
import { listen, type ListenCode } from "../../server/listen.ts";
import { answerPage, type Pages, type ShellFactsAnswer } from "./pages.ts";

export type PageServer = {
  readonly origin: string;
  readonly stop: () => Promise<void>;
};

export const hostName = "127.0.0.1";

export const startPageServer = async (
  port: number,
  pages: Pages,
  shellFacts: ShellFactsAnswer,
): Promise<Result<PageServer, ListenCode>> => {
  const server = createServer({ maxHeaderSize: 16_384 });
  server.headersTimeout = 10_000;
  server.maxConnections = 256;
  server.on("clientError", (_, socket) => socket.destroy());
  const listening = await listen(server, hostName, port);
  if (!listening.ok) return listening;
  const host = `${hostName}:${listening.value}`;
  server.on("request", answerWith(host, pages, shellFacts));
  return accept({
    origin: `http://${host}`,
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  });
};

const answerWith =
  (host: string, pages: Pages, shellFacts: ShellFactsAnswer): RequestListener =>
  (request, response) => {
    const { status, headers, body } = answerPage(
      {
        method: request.method ?? "",
        host: request.headers.host,
        target: request.url ?? "",
        knownTag: request.headers["if-none-match"],
      },
      host,
      pages,
      shellFacts,
    );
    response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
    response.end(request.method === "HEAD" ? undefined : body);
  };
