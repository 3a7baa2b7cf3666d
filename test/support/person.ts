import type { Browser, BrowserContext, Locator, Page, WebSocket } from "playwright-core";

/** One person at one computer, driven as they would: by what they see. */
export type Person = {
  readonly name: string;
  readonly role: string;
  readonly passphrase: string;
  /** The window that is open now. */
  readonly page: Page;
  readonly context: BrowserContext;
  readonly origin: string;
  /** Shown once in the first run; empty before it. */
  readonly recoveryWords: readonly string[];
  readonly keepWords: (words: readonly string[]) => void;
  /** A new window of the same browser. Does not close the one before. */
  readonly openWindow: () => Promise<void>;
  /** Everything this person's browser sent to or got from a meeting point, as text. */
  readonly signalling: () => string;
  /** Every origin that was asked for anything. */
  readonly contacted: () => readonly string[];
  /** What each RTCPeerConnection of this person was made with, in order, as JSON. */
  readonly connections: () => readonly string[];
  /** Uncaught exceptions and unhandled rejections. */
  readonly crashes: () => readonly string[];
};

export type NewPerson = {
  readonly browser: Browser;
  readonly origin: string;
  readonly name: string;
  readonly passphrase: string;
  readonly role: string;
};

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("button", { name, exact: typeof name === "string" });
export const field = (page: Page, label: string | RegExp): Locator =>
  page.getByLabel(label, { exact: typeof label === "string" });
export const heading = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("heading", { name, exact: typeof name === "string" });
export const link = (page: Page, name: string | RegExp): Locator =>
  page.getByRole("link", { name });
/** The editor of whatever is being written. */
export const editor = (page: Page): Locator => page.locator("[contenteditable=true]");

/** Somebody at a browser of their own, before the first screen. */
export const arrive = async ({ browser, ...who }: NewPerson): Promise<Person> => {
  const context = await browser.newContext({
    viewport: { width: 1100, height: 800 },
    locale: "en-GB",
  });
  return atComputer(context, who);
};

/** Somebody in a browser context of their own, which may be one that keeps what it has. */
export const atComputer = async (
  context: BrowserContext,
  who: Omit<NewPerson, "browser">,
): Promise<Person> => {
  const frames: string[] = [];
  const contacted = new Set<string>();
  const crashes: string[] = [];
  const connections: string[] = [];
  let recoveryWords: readonly string[] = [];
  context.on("weberror", (error) => {
    const problem = error.error();
    crashes.push(String(problem.stack ?? problem));
  });
  context.on("request", (request) => contacted.add(new URL(request.url()).origin));
  context.on("page", (opened) => {
    opened.setDefaultTimeout(20_000);
    opened.on("websocket", (socket: WebSocket) => {
      contacted.add(new URL(socket.url()).origin);
      const keep = ({ payload }: { payload: string | Buffer }) => frames.push(payload.toString());
      socket.on("framesent", keep);
      socket.on("framereceived", keep);
    });
  });
  await context.exposeBinding("sawConnection", (_, made: string) => connections.push(made));
  await context.addInitScript(watchConnections);
  let page: Page;
  const openWindow = async (): Promise<void> => {
    page = await context.newPage();
    await page.goto(who.origin);
  };
  await openWindow();
  return {
    ...who,
    get page() {
      return page;
    },
    context,
    get recoveryWords() {
      return recoveryWords;
    },
    keepWords: (words) => {
      recoveryWords = words;
    },
    openWindow,
    signalling: () => frames.join("\n"),
    contacted: () => [...contacted],
    connections: () => connections,
    crashes: () => crashes,
  };
};

/** Runs in the page before anything of ours. */
const watchConnections = (): void => {
  const real = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      const told = Reflect.get(globalThis, "sawConnection") as (made: string) => void;
      told(JSON.stringify(configuration ?? null));
    }
  };
};

/** Goes through the first run, from the first screen to the empty journal, by way of Today. */
export const firstRun = async (person: Person): Promise<void> => {
  const { page, name, role, passphrase } = person;
  await button(page, "Go on").click();
  await button(page, "Go on").click();
  await button(page, "Begin").click();
  await field(page, "Your name").fill(name);
  await page.getByRole("radio", { name: role }).check({ force: true });
  await button(page, "Go on").click();
  await chooseFirstPassphrase(page, passphrase);
  await button(page, "Make my journal").click();
  await heading(page, "Your recovery words").waitFor({ timeout: 60_000 });
  person.keepWords(await readRecoveryWords(page));
  await button(page, "I have written them down").click();
  await heading(page, "Three of the words").waitFor();
  for (const [index, word] of person.recoveryWords.entries()) {
    const asked = field(page, `Word ${index + 1}`);
    if ((await asked.count()) > 0) await asked.fill(word);
  }
  await button(page, "Compare").click();
  await button(page, "Later").click();
  await heading(page, "Today").waitFor();
  await go(person, "Journal");
};

export const chooseFirstPassphrase = async (page: Page, passphrase: string): Promise<void> => {
  await field(page, "New passphrase").fill(passphrase);
  await field(page, "The same once more").fill(passphrase);
};

export const readRecoveryWords = async (page: Page): Promise<readonly string[]> => {
  const list = page.getByRole("list", { name: "Recovery words" });
  const words = await list.getByRole("listitem").allTextContents();
  return words.map((word) => word.replace(/[^a-z]/g, ""));
};

/** To Today, which is the first they see. */
export const enter = async (person: Person): Promise<void> => {
  const { page, passphrase } = person;
  await field(page, "Passphrase").fill(passphrase);
  await button(page, "Unlock").click();
  await isOpen(person);
};

/** To the journal, by way of Today. */
export const unlock = async (person: Person): Promise<void> => {
  await enter(person);
  await go(person, "Journal");
};

/** Deriving the key takes its time, longer on a busy computer. */
export const isOpen = async ({ page }: Person): Promise<void> => {
  await page.getByRole("navigation", { name: "Main" }).waitFor({ timeout: 60_000 });
};

export const lock = async ({ page }: Person): Promise<void> => {
  await button(page, "Lock").click();
  await heading(page, "Your journal is locked").waitFor();
};

/** The computer is switched off, or at least its Twofold. */
export const leave = ({ page }: Person): Promise<void> => page.close();

/** As if the power went: no farewell, nothing flushed. */
export const vanish = async ({ page, context }: Person): Promise<void> => {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => undefined);
  await crashed;
};

/** Comes back to a closed Twofold. */
export const comeBack = async (person: Person): Promise<void> => {
  await person.page.close();
  await person.openWindow();
  await unlock(person);
};

export type Place =
  | "Today"
  | "Us"
  | "Journal"
  | "Questions"
  | "Letters"
  | "Agreements"
  | "For me"
  | "My room"
  | "Settings";

export const go = async ({ page }: Person, place: Place): Promise<void> => {
  const main = page.getByRole("navigation", { name: "Main" });
  await main.getByRole("link", { name: place }).click();
};

/** The sentence about the two copies. */
export const syncWords = ({ page }: Person): Locator =>
  page.getByRole("navigation", { name: "Main" }).locator(".foot p").first();

export const waitForSync = async (person: Person, words: string): Promise<void> => {
  await syncWords(person).filter({ hasText: words }).waitFor({ timeout: 40_000 });
};

const pairPage = async ({ page, origin }: Person): Promise<void> => {
  await page.goto(`${origin}/#/pair`);
  await heading(page, "The two of you").waitFor();
};

/** Makes an invitation and gives its link. */
export const invite = async (person: Person): Promise<string> => {
  await pairPage(person);
  await button(person.page, "Make an invitation").click();
  await heading(person.page, "Your invitation").waitFor();
  return field(person.page, "Invitation link").inputValue();
};

/** Looks at a link; what comes of it is on the screen. */
export const lookAt = async (person: Person, invitation: string): Promise<void> => {
  await pairPage(person);
  await field(person.page, "Invitation link").fill(invitation);
  await button(person.page, "Look at it").click();
};

export const join = async (person: Person, invitation: string): Promise<void> => {
  await lookAt(person, invitation);
  await button(person.page, "Meet my partner").click();
};

export const wordsOnScreen = async ({ page }: Person): Promise<string> => {
  const list = page.getByRole("list", { name: "Four words" });
  await list.waitFor({ timeout: 30_000 });
  return (await list.getByRole("listitem").allTextContents()).join(" ");
};
