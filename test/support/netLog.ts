/** What Chromium's own log (`--log-net-log=FILE`) says it asked the network for. */
export type NetLog = {
  /** Every name that was to be resolved, as "scheme://host:port"; "~notfound" stands for a silenced one. */
  readonly names: readonly string[];
  /** Every address that a TCP connection was tried to or a UDP packet was sent to, as "ip:port". */
  readonly addresses: readonly string[];
  /** Every name that was looked up in the DNS, without scheme and port: what WebRTC asks for comes only here. */
  readonly lookups: readonly string[];
  /** Where UDP packets went that name their addressee one by one, as WebRTC's do. */
  readonly packets: readonly string[];
};

type Log = {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly {
    readonly type: number;
    readonly source: { readonly id: number };
    readonly params?: {
      readonly host?: string;
      readonly hostname?: string;
      readonly address?: string;
    };
  }[];
};

export const readNetLog = (text: string): NetLog => {
  const { constants, events } = parseUnfinished(text);
  const typesLike = (pattern: RegExp): ReadonlySet<number> =>
    new Set(
      Object.entries(constants.logEventTypes)
        .filter(([name]) => pattern.test(name))
        .map(([, type]) => type),
    );
  const resolving = typesLike(/^HOST_RESOLVER_/);
  const connecting = typesLike(/^(TCP_CONNECT|UDP_CONNECT)/);
  const sending = typesLike(/^UDP_BYTES_SENT/);
  // A UDP socket that is opened and sends nothing is how Chromium looks whether there is an IPv6 route.
  const silent = typesLike(/^UDP_CONNECT/);
  const senders = new Set(
    events.filter(({ type }) => sending.has(type)).map(({ source }) => source.id),
  );
  const named = events.filter(({ type }) => resolving.has(type));
  const connected = events.filter(
    ({ type, source }) => connecting.has(type) && (!silent.has(type) || senders.has(source.id)),
  );
  return {
    names: named.flatMap(({ params }) => params?.host ?? []),
    addresses: connected.flatMap(({ params }) => params?.address ?? []),
    lookups: events.flatMap(({ params }) => params?.hostname?.replace(/\.$/, "") ?? []),
    packets: events
      .filter(({ type }) => sending.has(type))
      .flatMap(({ params }) => params?.address ?? []),
  };
};

/** A browser that was ended leaves its log without the closing brackets. */
const parseUnfinished = (text: string): Log => {
  try {
    return JSON.parse(text) as Log;
  } catch {
    return JSON.parse(`${text.slice(0, text.lastIndexOf("}") + 1)}]}`) as Log;
  }
};
