import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Person } from "./person.ts";
import { projectRoot } from "./rulesCheck.ts";

type Sentences = { readonly happened: string; readonly safe: string; readonly next: string };

const sentences = JSON.parse(
  readFileSync(join(projectRoot, "renderer/i18n/en/errors.json"), "utf8"),
) as Readonly<Record<string, Readonly<Record<string, Sentences>>>>;

/** Waits until the screen says all three sentences of this trouble: what happened, what is safe, what to do. */
export const seesTrouble = async ({ page }: Person, group: string, code: string): Promise<void> => {
  const words = sentences[group]?.[code];
  if (words === undefined) throw new Error(`no sentence for ${group}.${code}`);
  const { happened, safe, next } = words;
  const told = page.getByRole("alert").filter({ hasText: happened });
  await told.filter({ hasText: safe }).filter({ hasText: next }).waitFor({ timeout: 40_000 });
};
