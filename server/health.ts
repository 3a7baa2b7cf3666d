import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromHere } from "./proxies.ts";

const health = JSON.stringify({ app: "twofold-rendezvous", version: 1 });

export type AnswerParts = {
  readonly metrics: () => string;
  /** Else only this computer is told. */
  readonly metricsOpen: boolean;
};

type Page = { readonly type: string; readonly body: string };

/** Says what it is to whoever asks at /health, how it does at /metrics, and nothing about itself anywhere else. */
export const createAnswer = ({ metrics, metricsOpen }: AnswerParts) => {
  const find = (request: IncomingMessage): Page | undefined => {
    if (request.method !== "GET") return undefined;
    if (request.url === "/health") return { type: "application/json", body: health };
    if (request.url === "/metrics" && (metricsOpen || isFromHere(request)))
      return { type: "text/plain; version=0.0.4; charset=utf-8", body: metrics() };
    return undefined;
  };

  return (request: IncomingMessage, response: ServerResponse): void => {
    const page = find(request);
    const { type, body } = page ?? { type: "text/plain; charset=utf-8", body: "Nothing here.\n" };
    response.writeHead(page === undefined ? 404 : 200, {
      "content-type": type,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      // A page of the web that asks gets what a closed port would give it.
      "cross-origin-resource-policy": "same-origin",
      // One answer a connection: nobody keeps a seat warm over http.
      connection: "close",
    });
    response.end(body);
  };
};
