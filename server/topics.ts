/** Who listens where. A topic exists only while somebody is subscribed to it. */
export type Topics<Subscriber> = {
  /** False when either side is full; subscribing twice is once. */
  readonly subscribe: (topic: string, subscriber: Subscriber) => boolean;
  readonly unsubscribe: (topic: string, subscriber: Subscriber) => void;
  readonly leave: (subscriber: Subscriber) => void;
  /** Everyone subscribed to it, the asker included; nobody where the asker is not. */
  readonly heardBy: (topic: string, asker: Subscriber) => readonly Subscriber[];
  /** Everyone subscribed to it, for what another process passes on. */
  readonly everybodyAt: (topic: string) => readonly Subscriber[];
  readonly counts: () => { readonly topics: number; readonly subscriptions: number };
};

export type TopicLimits = {
  readonly topicsPerConnection: number;
  readonly subscribersPerTopic: number;
};

/** Told when a topic begins and ceases to exist. */
export type TopicWatcher = {
  readonly opened: (topic: string) => void;
  readonly closed: (topic: string) => void;
};

export const createTopics = <Subscriber extends object>(
  limits: TopicLimits,
  watcher?: TopicWatcher,
): Topics<Subscriber> => {
  const subscribers = new Map<string, Set<Subscriber>>();
  const topicsOf = new Map<Subscriber, Set<string>>();

  const unsubscribe = (topic: string, subscriber: Subscriber) => {
    const wasThere = subscribers.has(topic);
    removeFrom(subscribers, topic, subscriber);
    removeFrom(topicsOf, subscriber, topic);
    if (wasThere && !subscribers.has(topic)) watcher?.closed(topic);
  };

  return {
    subscribe: (topic, subscriber) => {
      const here = subscribers.get(topic);
      if (here?.has(subscriber)) return true;
      if ((here?.size ?? 0) >= limits.subscribersPerTopic) return false;
      if ((topicsOf.get(subscriber)?.size ?? 0) >= limits.topicsPerConnection) return false;
      addTo(subscribers, topic, subscriber);
      addTo(topicsOf, subscriber, topic);
      if (here === undefined) watcher?.opened(topic);
      return true;
    },
    unsubscribe,
    leave: (subscriber) => {
      for (const topic of [...(topicsOf.get(subscriber) ?? [])]) unsubscribe(topic, subscriber);
    },
    heardBy: (topic, asker) => {
      const here = subscribers.get(topic);
      return here?.has(asker) ? [...here] : [];
    },
    everybodyAt: (topic) => [...(subscribers.get(topic) ?? [])],
    counts: () => ({
      topics: subscribers.size,
      subscriptions: [...topicsOf.values()].reduce((sum, topics) => sum + topics.size, 0),
    }),
  };
};

const addTo = <Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value) => {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
};

const removeFrom = <Key, Value>(sets: Map<Key, Set<Value>>, key: Key, value: Value) => {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
};
