import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../shared/base/clock.ts";
import { openMailbox } from "../../server/mailbox/mailbox.ts";
import { startRendezvous } from "../../server/rendezvous.ts";

/** The mailbox that friends can host, beside its meeting point, behind a wire that can be cut. */
export type MailboxHouse = {
  readonly address: string;
  readonly cut: () => void;
  readonly heal: () => void;
  readonly stop: () => Promise<void>;
};

export const runMailboxHouse = async (
  limits: Parameters<typeof openMailbox>[0]["limits"] = {},
): Promise<MailboxHouse> => {
  const folder = await mkdtemp(join(tmpdir(), "twofold-mailbox-"));
  const quiet = { clock: systemClock, log: () => {} };
  const mailbox = await openMailbox({ ...quiet, folder, limits });
  if (!mailbox.ok) throw new Error(mailbox.code);
  const server = await startRendezvous({
    ...quiet,
    host: "127.0.0.1",
    port: 0,
    mailbox: mailbox.value,
  });
  if (!server.ok) throw new Error(server.code);
  const gate = await openGate(Number(new URL(server.value.addresses[0] ?? "").port));
  return {
    address: `ws://127.0.0.1:${gate.port}/tf/`,
    cut: gate.cut,
    heal: gate.heal,
    stop: async () => {
      await gate.stop();
      await server.value.stop();
      await mailbox.value.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const openGate = async (target: number) => {
  const sockets = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  };
  const gate = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(target, "127.0.0.1");
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise<void>((resolve) => {
    gate.listen(0, "127.0.0.1", resolve);
  });
  const bound = gate.address();
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof bound === "object" ? (bound?.port ?? 0) : 0,
    cut,
    heal: () => {
      isCut = false;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        cut();
        gate.close(() => resolve());
      }),
  };
};
