import type { IpcMain, IpcMainInvokeEvent } from "electron";

type Handler = Parameters<IpcMain["handle"]>[1];

/** What a frame looks like to the main process. */
export type StandInFrame = {
  readonly url: string;
  readonly origin: string;
  readonly parent: object | null;
};

export const ownFrame: StandInFrame = {
  url: "app://twofold/#/journal",
  origin: "app://twofold",
  parent: null,
};

/** ipcMain with the other end at hand: `invoke` is what ipcRenderer.invoke does from the given frame. */
export const createStandInIpc = () => {
  const handlers = new Map<string, Handler>();
  const ipcMain = {
    handle: (channel, handler) => {
      if (handlers.has(channel)) throw new Error(`a second handler for ${channel}`);
      handlers.set(channel, handler);
    },
  } satisfies Pick<IpcMain, "handle">;

  const invokeFrom = async (
    frame: StandInFrame | null,
    channel: string,
    ...values: readonly unknown[]
  ): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const event = { type: "frame", senderFrame: frame } as unknown as IpcMainInvokeEvent;
    // Between processes values are copied.
    const copied = structuredClone(values) as unknown[];
    const answer: unknown = await handler(event, ...copied);
    return structuredClone(answer);
  };

  return {
    ipcMain,
    channels: () => [...handlers.keys()],
    invokeFrom,
    invoke: (channel: string, ...values: readonly unknown[]) =>
      invokeFrom(ownFrame, channel, ...values),
  };
};
