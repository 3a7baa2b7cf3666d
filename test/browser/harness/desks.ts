import type { BrowserContext, CDPSession, Page } from "playwright-core";
import { launchChromium, serveModule } from "../../support/chromium.ts";

/** One person at a browser of their own: nothing is shared with another desk but the network. */
export type Desk = {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Origins asked for, WebSockets included ("ws://127.0.0.1:4444"). */
  readonly contacted: () => ReadonlySet<string>;
  /** Every WebSocket frame, both ways, as text. */
  readonly frames: () => readonly string[];
  /** Uncaught errors and unhandled rejections. */
  readonly faults: () => readonly string[];
  /** Lets no WebRTC packet through, without telling anyone; `false` lets them through again. */
  readonly cutPackets: (cut: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type Desks = {
  /** Where the page with the module comes from. */
  readonly origin: string;
  readonly open: () => Promise<Desk>;
  readonly close: () => Promise<void>;
};

/**
 * Serves a page that runs one module (see `serveModule`) and opens it in as many isolated browser contexts as are
 * asked for. The module puts what a test calls on `globalThis`.
 * @param entry absolute path of the module
 */
export const openDesks = async (entry: string): Promise<Desks> => {
  const [served, browser] = await Promise.all([serveModule(entry), launchChromium()]);
  return {
    origin: served.origin,
    open: async () => openDesk(await browser.newContext(), served.origin),
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
};

const openDesk = async (context: BrowserContext, origin: string): Promise<Desk> => {
  const page = await context.newPage();
  const contacted = new Set<string>();
  const frames: string[] = [];
  const faults: string[] = [];
  page.on("request", (request) => contacted.add(new URL(request.url()).origin));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("websocket", (socket) => {
    contacted.add(new URL(socket.url()).origin);
    socket.on("framesent", ({ payload }) => frames.push(payload.toString()));
    socket.on("framereceived", ({ payload }) => frames.push(payload.toString()));
  });
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await losePackets(session, nearlyNone);
  await page.goto(origin);
  return {
    page,
    context,
    contacted: () => contacted,
    frames: () => frames,
    faults: () => faults,
    cutPackets: (cut) => losePackets(session, cut ? 100 : nearlyNone),
    close: () => context.close(),
  };
};

const nearlyNone = 0.001;

/** The one DevTools command that reaches WebRTC; to work later it must have been given once before the page starts. */
const losePackets = async (session: CDPSession, packetLoss: number): Promise<void> => {
  const everything = {
    urlPattern: "",
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
    packetLoss,
  };
  // Too new for playwright-core's list of commands.
  const send: (command: string, given: unknown) => Promise<unknown> = session.send.bind(
    session,
  ) as never;
  await send("Network.emulateNetworkConditionsByRule", {
    offline: false,
    matchedNetworkConditions: [everything],
  });
};
