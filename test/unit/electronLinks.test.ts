import { describe, expect, test } from "vitest";
import { createInvitationClipboard } from "../../electron/invitationClipboard.ts";
import { createPairingLinks } from "../../electron/pairingLinks.ts";
import { profileFolder, readProfile } from "../../electron/profile.ts";
import { createStandIn } from "../electron/standIn.ts";
import { createManualClock } from "../support/manualClock.ts";

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("pairing links from the system", () => {
  const begin = () => {
    const sent: string[] = [];
    return { sent, links: createPairingLinks((link) => sent.push(link)) };
  };

  test("wait until the page listens, and only the latest counts", () => {
    const { sent, links } = begin();
    links.arrive("twofold://pair#AAA");
    links.arrive("twofold://pair#BBB");
    expect(sent).toEqual([]);
    links.awaited();
    expect(sent).toEqual(["twofold://pair#BBB"]);
    links.awaited();
    expect(sent).toHaveLength(1);
  });

  test("arrive at once while the page listens, and wait again when it is loaded anew", () => {
    const { sent, links } = begin();
    links.awaited();
    links.arrive("twofold://pair#AAA");
    links.pageGone();
    links.arrive("twofold://pair#BBB");
    expect(sent).toEqual(["twofold://pair#AAA"]);
    links.awaited();
    expect(sent).toEqual(["twofold://pair#AAA", "twofold://pair#BBB"]);
  });

  test("are found among the words of a command line", () => {
    const { sent, links } = begin();
    links.awaited();
    expect(
      links.arriveIn(["/opt/Twofold/twofold", "--profile", "sam", "twofold://pair/#A-_9"]),
    ).toBe(true);
    expect(links.arriveIn(["/opt/Twofold/twofold"])).toBe(false);
    expect(sent).toEqual(["twofold://pair/#A-_9"]);
  });

  test.each([
    "",
    "twofold://pair",
    "twofold://pair#",
    "twofold://open#AAA",
    "twofold://pair#AAA BBB",
    "twofold://pair#AAA\n",
    "twofold://pair#<script>",
    "twofold://pair?x#AAA",
    "https://twofold/pair#AAA",
    "TWOFOLD://pair#AAA",
    " twofold://pair#AAA",
    `twofold://pair#${"A".repeat(2_100)}`,
  ])("%j is dropped", (link) => {
    const { sent, links } = begin();
    links.awaited();
    expect(links.arrive(link)).toBe(false);
    expect(sent).toEqual([]);
  });
});

describe("profiles", () => {
  test.each([
    [["twofold"], "default"],
    [["twofold", "--profile", "sam"], "sam"],
    [["twofold", "--profile=sam-2"], "sam-2"],
    [["twofold", "--profile", "sam", "--profile=alex"], "alex"],
    [["twofold", "twofold://pair#AAA"], "default"],
  ])("%j opens %s", (argv, profile) => {
    expect(readProfile(argv)).toEqual({ ok: true, value: profile });
  });

  test.each([
    ["--profile"],
    ["--profile", ""],
    ["--profile="],
    ["--profile=../sam"],
    ["--profile=Sam"],
    ["--profile=a b"],
    ["--profile=sam/x"],
    ["--profile=sam\\x"],
    ["--profile=sam\n"],
    [`--profile=${"a".repeat(33)}`],
    ["--profile", "--other"],
  ])("%j is refused", (...argv) => {
    expect(readProfile(["twofold", ...argv])).toEqual({ ok: false, code: "BAD_PROFILE" });
  });

  test("each has a folder of its own, whatever Windows thinks of the name", () => {
    expect(profileFolder("/data", "con")).toBe("/data/Twofold/profile-con");
    expect(profileFolder("/data", "sam")).not.toBe(profileFolder("/data", "alex"));
  });
});

describe("an invitation on the clipboard", () => {
  const begin = () => {
    const { clipboard } = createStandIn();
    const clock = createManualClock();
    return {
      clock,
      seen: clipboard.seen,
      invitations: createInvitationClipboard(clipboard.clipboard, clock),
    };
  };

  test("is gone after 60 s", async () => {
    const { clock, seen, invitations } = begin();
    expect(await invitations.copy("twofold://pair#AAA")).toBe(true);
    clock.advance(59_999);
    await settle();
    expect(seen.text).toBe("twofold://pair#AAA");
    clock.advance(1);
    await settle();
    expect(seen.text).toBe("");
  });

  test("is left alone when something else was copied since", async () => {
    const { clock, seen, invitations } = begin();
    await invitations.copy("twofold://pair#AAA");
    seen.text = "a shopping list";
    clock.advance(60_000);
    await settle();
    expect(seen.text).toBe("a shopping list");
  });

  test("copied again stays its own 60 s", async () => {
    const { clock, seen, invitations } = begin();
    await invitations.copy("twofold://pair#AAA");
    clock.advance(50_000);
    await invitations.copy("twofold://pair#BBB");
    clock.advance(50_000);
    await settle();
    expect(seen.text).toBe("twofold://pair#BBB");
    clock.advance(10_000);
    await settle();
    expect(seen.text).toBe("");
    expect(clock.waiting()).toBe(0);
  });

  test("goes with the app", async () => {
    const { clock, seen, invitations } = begin();
    await invitations.copy("twofold://pair#AAA");
    await invitations.dispose();
    expect(seen.text).toBe("");
    expect(clock.waiting()).toBe(0);
    seen.text = "a shopping list";
    await invitations.dispose();
    expect(seen.text).toBe("a shopping list");
  });

  test("that could not be put there is said so", async () => {
    const { clock, seen, invitations } = begin();
    seen.broken = true;
    expect(await invitations.copy("twofold://pair#AAA")).toBe(false);
    expect(clock.waiting()).toBe(0);
  });

  test("stays a problem of the clipboard when it cannot be read back", async () => {
    const { clock, seen, invitations } = begin();
    await invitations.copy("twofold://pair#AAA");
    seen.broken = true;
    clock.advance(60_000);
    await settle();
    expect(seen.text).toBe("twofold://pair#AAA");
  });
});
