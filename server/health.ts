import type { IncomingMessage, ServerResponse } from "node:http";
import type { Bus } from "./bus.ts";
import { isFromHere } from "./proxies.ts";

const health = { app: "twofold-rendezvous", version: 1 };

export type AnswerParts = {
  readonly metrics: () => string;
  /** Else only this computer is told. */
  readonly metricsOpen: boolean;
  readonly bus: Bus | undefined;
};

type Page = { readonly type: string; readonly body: string };

/** Says what it is to whoever asks at /health, how it does at /metrics, and nothing about itself anywhere else. */
export const createAnswer = ({ metrics, metricsOpen, bus }: AnswerParts) => {
  const find = (request: IncomingMessage): Page | undefined => {
    if (request.method !== "GET") return undefined;
    if (request.url === "/health") return { type: "application/json", body: writeHealth(bus) };
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

/** Without Redis a process serves those who are connected to it, so it is well all the same. */
const writeHealth = (bus: Bus | undefined): string =>
  JSON.stringify(bus === undefined ? health : { ...health, redis: bus.isUp() ? "up" : "down" });
