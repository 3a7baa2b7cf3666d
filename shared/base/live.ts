/** Something a screen can read now and hear of when it changes (React's useSyncExternalStore). */
export type Live<Value> = {
  readonly read: () => Value;
  readonly subscribe: (changed: () => void) => () => void;
};

export type Cell<Value> = Live<Value> & { readonly set: (value: Value) => void };

/** Listeners are called after the value is in place; setting the same value calls nobody. */
export const createCell = <Value>(first: Value): Cell<Value> => {
  let current = first;
  const listeners = new Set<() => void>();
  return {
    read: () => current,
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
  };
};
