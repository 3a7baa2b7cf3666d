import * as v from "valibot";
import { accept, refuse, type Result } from "../../shared/base/result.ts";

const licences = v.array(
  v.strictObject({
    name: v.string(),
    version: v.string(),
    licence: v.string(),
    text: v.string(),
  }),
);

export type Licence = v.InferOutput<typeof licences>[number];

/** The list that the build wrote beside the page (scripts/licences); asked for when somebody wants to see it. */
export const readLicences = async (): Promise<Result<readonly Licence[], "GONE">> => {
  try {
    const answer = await fetch("licences.json");
    const parsed = v.safeParse(licences, await answer.json());
    return parsed.success ? accept(parsed.output) : refuse("GONE");
  } catch {
    return refuse("GONE");
  }
};
