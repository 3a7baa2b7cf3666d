import { createHash } from "node:crypto";
import { WebSocket } from "ws";
import { inventCouple, messages } from "../unit/mailboxServer.wire.ts";

/** Sent to this process: how many couples are to be there, both partners of each, each with both boxes open. */
export type LoadOrder = { readonly couples: number };

/** Sent back once they are. */
export type LoadDone = { readonly couples: number; readonly lost: number };

const [, , address = ""] = process.argv;
const atOnce = 40;
let couples = 0;
let lost = 0;

/** Behind the proxy that we say we are, everybody has an address of their own. */
const addressOf = (index: number) =>
  `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;

const connect = (index: number): Promise<void> =>
  new Promise((resolve) => {
    const couple = inventCouple(createHash("sha256").update(String(index)).digest());
    const boxes = [couple.box(0), couple.box(1)];
    const socket = new WebSocket(address, {
      perMessageDeflate: false,
      headers: { "x-forwarded-for": addressOf(index) },
    });
    let open = boxes.length;
    socket.on("open", () => {
      for (const box of boxes) {
        socket.send(messages.auth(box, couple.token));
        socket.send(messages.vector(box));
      }
    });
    socket.on("message", (data: Buffer) => {
      if (data.length === 1) return socket.send(Uint8Array.of(10));
      // A sync message with a state: after the name the kind 0 and the step 1.
      if (data[46] === 0 && data[47] === 1 && --open === 0) resolve();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      lost++;
      resolve();
    });
  });

process.on("message", ({ couples: wanted }: LoadOrder) => {
  const next = async (): Promise<void> => {
    while (couples < wanted) {
      const index = couples++;
      await connect(index);
      await connect(index);
    }
  };
  void Promise.all(Array.from({ length: atOnce }, next)).then(() => {
    const done: LoadDone = { couples, lost };
    process.send?.(done);
  });
});
process.on("disconnect", () => process.exit(0));
