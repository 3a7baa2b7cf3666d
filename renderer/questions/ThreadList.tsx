import type { Ref } from "react";
import { lineOf, Lines } from "./QuestionLines.tsx";
import type { Thread } from "./threads.ts";
import type { LineWords } from "./lineWords.ts";

type ThreadListProps = {
  readonly title: string;
  readonly none: string;
  readonly threads: readonly Thread[];
  readonly words: LineWords;
  readonly heading?: Ref<HTMLHeadingElement>;
};

/** Questions of one of the two, newest first. */
export const ThreadList = ({ title, none, threads, words, heading }: ThreadListProps) => (
  <section>
    <h2 className="month" tabIndex={-1} {...(heading === undefined ? {} : { ref: heading })}>
      {title}
    </h2>
    {threads.length === 0 ? (
      <p className="quiet-state">{none}</p>
    ) : (
      <Lines items={threads} read={(thread) => lineOf(thread.question, words.ofThread(thread))} />
    )}
  </section>
);
