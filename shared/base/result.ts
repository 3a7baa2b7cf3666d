/** What can happen is a value: `ok` with the thing, or a refusal with its code. Bugs throw. */
export type Result<Value, Code extends string> = Accepted<Value> | Refused<Code>;

export type Accepted<Value> = { readonly ok: true; readonly value: Value };

/** `detail` is for the log, never for a screen, and never holds a written word. */
export type Refused<Code extends string> = {
  readonly ok: false;
  readonly code: Code;
  readonly detail?: string;
};

export const accept = <Value>(value: Value): Accepted<Value> => ({ ok: true, value });

export const refuse = <Code extends string>(code: Code, detail?: string): Refused<Code> =>
  detail === undefined ? { ok: false, code } : { ok: false, code, detail };
