import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { accept, type Result } from "../../shared/base/result.ts";
import type { PageId } from "../../shared/base/ids.ts";
import type { PageCode } from "../../shared/journal/openPage.ts";
import { longestLine, mostHelps } from "../../shared/page/said.ts";
import { Field } from "../ui/Field.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { useJournal } from "../ui/surroundings.ts";
import { useTask } from "../ui/useTask.ts";
import { Side } from "./Side.tsx";
import { useForMe } from "./useForMe.ts";

/** What has helped before, a line each. Steady shows it too. */
export const HelpsPlace = () => {
  const { t } = useTranslation("forMe");
  const journal = useJournal();
  const { helps, lines } = useForMe();
  const [typed, setTyped] = useState("");
  const task = useTask<PageCode>();
  const form = useRef<HTMLFormElement>(null);
  const full = lines.length >= mostHelps;

  const page = async (): Promise<Result<PageId, PageCode>> =>
    helps === undefined ? journal.beginPractice({ kind: "helps" }) : accept(helps.id);
  const keep = (next: readonly string[], then: () => void) =>
    task.run(async () => {
      const found = await page();
      if (!found.ok) return found;
      return journal.describePractice(found.value, {
        kind: "helps",
        lines: next.length === 0 ? undefined : next,
      });
    }, then);
  const add = (event: FormEvent) => {
    event.preventDefault();
    const line = [...typed.trim()].slice(0, longestLine).join("");
    if (line === "" || full) return;
    keep(lines.includes(line) ? lines : [...lines, line], () => setTyped(""));
  };
  const remove = (line: string) =>
    keep(
      lines.filter((one) => one !== line),
      () => form.current?.querySelector("input")?.focus(),
    );

  return (
    <Side heading={t("helps.heading")} text={t("helps.text")}>
      {lines.length === 0 ? null : (
        <ul className="own-lines" aria-label={t("helps.list")}>
          {lines.map((line) => (
            <li key={line}>
              <span dir="auto">{line}</span>
              <Button
                className="chip-remove"
                aria-label={t("helps.remove", { line })}
                onPress={() => remove(line)}
              >
                <span aria-hidden="true">×</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form ref={form} className="stack" onSubmit={add}>
        <Field
          label={t("helps.add")}
          help={full ? t("helps.full") : t("helps.addHelp")}
          value={typed}
          onChange={setTyped}
          readOnly={full}
          after={
            <Button className="btn" type="submit" isDisabled={full}>
              {t("helps.addDo")}
            </Button>
          }
        />
        {task.code === undefined ? null : <Trouble group="page" code={task.code} />}
      </form>
    </Side>
  );
};
