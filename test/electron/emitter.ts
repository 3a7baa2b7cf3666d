import { EventEmitter } from "node:events";

export type CancellableEvent = { defaultPrevented: boolean; preventDefault: () => void };

export const cancellable = <Extra extends object>(
  extra: Extra = {} as Extra,
): CancellableEvent & Extra => {
  const event = {
    ...extra,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
};

/** Emits as Electron does and answers whether a listener prevented what comes by default. */
export const emitCancellable = (
  emitter: EventEmitter,
  name: string,
  ...values: readonly unknown[]
): boolean => {
  const event = cancellable();
  emitter.emit(name, event, ...values);
  return event.defaultPrevented;
};

export const withEvents = <Members extends object>(members: Members): Members & EventEmitter =>
  Object.assign(new EventEmitter(), members);
