import type { IncomingMessage, ServerResponse } from "node:http";

const health = JSON.stringify({ app: "twofold-rendezvous", version: 1 });

/** Says what it is to whoever asks at /health, and nothing about itself anywhere else. */
export const answerHttp = (request: IncomingMessage, response: ServerResponse): void => {
  const asked = request.method === "GET" && request.url === "/health";
  const body = asked ? health : "Nothing here.\n";
  response.writeHead(asked ? 200 : 404, {
    "content-type": asked ? "application/json" : "text/plain; charset=utf-8",
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
