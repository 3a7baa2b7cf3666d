import { type Browser, type BrowserContext, type Page, type WebSocket } from "playwright-core";


/** One person at one computer, driven as they would: by what they see. */
export type Person = {
  readonly name: string;
  readonly passphrase: string;
  readonly page: Page;
  readonly context: BrowserContext;
  readonly recoveryWords: readonly string[];
  /** Everything this person's browser sent to or got from a meeting point, as text. */
  readonly signalling: () => string;
  /** Every address that was asked for anything. */
  readonly contacted: () => readonly string[];
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

export const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
export const field = (page: Page, label: string | RegExp) => page.getByLabel(label, { exact: typeof label === "string" });
export const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { name });
export const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });

/** Goes through the first run, from the first screen to the empty journal. */
export const newPerson = async ({ browser, origin, name, passphrase, role }: NewPerson): Promise<Person> => {
  const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, locale: "en-GB" });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const frames: string[] = [];
  const contacted = new Set<string>();
  const crashes: string[] = [];
  page.on("pageerror", (error) => crashes.push(String(error.stack ?? error)));
  page.on("request", (request) => contacted.add(new URL(request.url()).origin));
  page.on("websocket", (socket: WebSocket) => {
    contacted.add(new URL(socket.url()).origin.replace(/^null$/, socket.url()));
    for (const event of ["framesent", "framereceived"] as const)
      socket.on(event, ({ payload }: { payload: string | Buffer }) => frames.push(payload.toString()));
  });
  await page.goto(origin);
  await button(page, "Go on").click();
  await button(page, "Go on").click();
  await button(page, /^(Go on|Begin)$/).click();
  await field(page, "Your name").fill(name);
  await page.getByRole("radio", { name: role }).check({ force: true });
  await button(page, "Go on").click();
  await field(page, "New passphrase").fill(passphrase);
  await field(page, "The same once more").fill(passphrase);
  await button(page, "Make my journal").click();
  await heading(page, "Your recovery words").waitFor({ timeout: 60_000 });
  const words = await page.getByRole("list", { name: "Recovery words" }).getByRole("listitem").allTextContents();
  const recoveryWords = words.map((word) => word.replace(/[^a-z]/g, ""));
  await button(page, "I have written them down").click();
  await heading(page, "Three of the words").waitFor();
  for (const [index, word] of recoveryWords.entries()) {
    const asked = field(page, `Word ${index + 1}`);
    if ((await asked.count()) > 0) await asked.fill(word);
  }
  await button(page, "Compare").click();
  await button(page, "Later").click();
  await heading(page, "Journal").waitFor();
  return {
    name,
    passphrase,
    page,
    context,
    recoveryWords,
    signalling: () => frames.join("\n"),
    contacted: () => [...contacted],
    crashes: () => crashes,
  };
};

export const unlock = async ({ page, passphrase }: Person): Promise<void> => {
  await field(page, "Passphrase").fill(passphrase);
  await button(page, "Unlock").click();
  await heading(page, "Journal").waitFor({ timeout: 60_000 });
};

export const go = async ({ page }: Person, place: "Journal" | "Questions" | "My room" | "Settings"): Promise<void> => {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: place }).click();
};

/** Makes an invitation and gives its link. */
export const invite = async (person: Person): Promise<string> => {
  const { page } = person;
  await page.goto(`${new URL(page.url()).origin}/#/pair`);
  await button(page, "Make an invitation").click();
  const shown = field(page, "Invitation link");
  await shown.waitFor();
  return shown.inputValue();
};

export const join = async (person: Person, invitation: string): Promise<void> => {
  const { page } = person;
  await page.goto(`${new URL(page.url()).origin}/#/pair`);
  await field(page, "Invitation link").fill(invitation);
  await button(page, "Look at it").click();
  await button(page, "Meet my partner").click();
};

export const wordsOnScreen = async ({ page }: Person): Promise<string> => {
  const list = page.getByRole("list", { name: "Four words" });
  await list.waitFor({ timeout: 30_000 });
  return (await list.getByRole("listitem").allTextContents()).join(" ");
};
