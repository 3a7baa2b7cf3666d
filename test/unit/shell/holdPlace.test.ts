import { expect, test } from "vitest";
import { holdPlace, type Locks } from "../../../renderer/shell/holdPlace.ts";

/** The part of the Web Locks contract that matters here: one holder a name, until its promise settles. */
const createLocks = (): Locks => {
  const held = new Set<string>();
  return {
    request: async (name, _options, callback) => {
      if (held.has(name)) return callback(null);
      held.add(name);
      try {
        return await callback({ name, mode: "exclusive" });
      } finally {
        held.delete(name);
      }
    },
  };
};

test("the first window holds the place and the second is told that it is taken", async () => {
  const locks = createLocks();
  expect(await holdPlace(locks)).toBe("held");
  expect(await holdPlace(locks)).toBe("taken");
});

test("a browser that refuses locks altogether is not taken for a free place", async () => {
  const request = () => Promise.reject(new DOMException("", "SecurityError"));
  await expect(holdPlace({ request })).rejects.toThrow();
});
