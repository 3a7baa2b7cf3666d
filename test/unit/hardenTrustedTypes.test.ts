import { expect, test } from "vitest";
import { type PolicyFactory, refuseMarkup } from "../../renderer/shell/trustedTypes.ts";
import { contentSecurityPolicy } from "../../shared/bridge/contentSecurityPolicy.ts";

type Rules = Parameters<PolicyFactory["createPolicy"]>[1];

const policyOf = (origin: string): Rules => {
  const made: (readonly [string, Rules])[] = [];
  refuseMarkup({ createPolicy: (name, rules) => made.push([name, rules]) }, origin);
  expect(made.map(([name]) => name)).toEqual(["default"]);
  return made[0]?.[1] ?? {};
};

const asked = ["TrustedHTML", "Element innerHTML"] as const;

test("no text with an element in it, and no script, is taken from a string", () => {
  const { createHTML, ...others } = policyOf("app://twofold");
  expect(Object.keys(others)).toEqual(["createScriptURL"]);
  for (const text of [
    "<img src=x onerror=alert(1)>",
    "<script>1</script>",
    "<body><p></p></body>",
    "&lt;<b>",
    "&#60;",
    "words",
    "&amp; ",
    "\n",
  ])
    expect(createHTML?.(text, ...asked)).toBeUndefined();
  for (const text of ["", "&eacute;", "<body></body>"])
    expect(createHTML?.(text, ...asked)).toBe(text);
});

test("a library that asks outright has to bring a policy that is named in the page's own", () => {
  expect(() => policyOf("app://twofold").createHTML?.("")).toThrow(TypeError);
  expect(contentSecurityPolicy).toContain("require-trusted-types-for 'script'");
  expect(contentSecurityPolicy).toMatch(
    /trusted-types default twofold-pasted ProseMirrorClipboard(?:;|$)/,
  );
  expect(contentSecurityPolicy).not.toContain("allow-duplicates");
});

test.each(["app://twofold", "http://127.0.0.1:47171"])(
  "only the build's own workers run on %s",
  (origin) => {
    const { createScriptURL } = policyOf(origin);
    const allowed = (address: string): boolean => createScriptURL?.(address) !== undefined;
    expect(allowed(`${origin}/assets/kdf.worker-BZg3AYQG.js`)).toBe(true);
    for (const address of [
      `${origin}/assets/index-BX76JtGN.js`,
      `${origin}/assets/../kdf.worker-a.js`,
      `${origin}/assets/kdf.worker-a.js?x`,
      `${origin}/other/kdf.worker-a.js`,
      `${origin}.example/assets/kdf.worker-a.js`,
      "https://example.com/assets/kdf.worker-a.js",
      `blob:${origin}/7d7c2d7e`,
      "data:text/javascript,1",
      "/assets/kdf.worker-a.js",
    ])
      expect([address, allowed(address)]).toEqual([address, false]);
  },
);

test("a browser without Trusted Types starts as before", () => {
  expect(() => refuseMarkup(undefined, "app://twofold")).not.toThrow();
});
