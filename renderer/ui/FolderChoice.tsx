import { useEffect, useRef } from "react";
import { Button } from "react-aria-components";
import { Trouble } from "./Trouble.tsx";
import type { TroubleGroup } from "./troubleText.ts";
import type { Folder } from "./useFolder.ts";

export type FolderWords = {
  readonly none: string;
  readonly ready: (name: string) => string;
  readonly asks: (name: string) => string;
  readonly notOffered: string;
  readonly choose: string;
  readonly other: string;
  readonly forget: string;
  readonly allow: string;
};

type FolderChoiceProps<Code extends string> = {
  readonly folder: Folder<Code>;
  readonly words: FolderWords;
  readonly group: TroubleGroup;
};

/** Which folder it is now, and what can be done about it. */
export const FolderChoice = <Code extends string>({
  folder: { now, task, choose, allow, forget },
  words,
  group,
}: FolderChoiceProps<Code>) => {
  const chooseButton = useRef<HTMLButtonElement>(null);
  const leaves = useRef(false);
  const state = now?.state;
  // What was pressed goes away with the state it was for.
  useEffect(() => {
    if (leaves.current) chooseButton.current?.focus();
    leaves.current = false;
  }, [state]);
  if (now === undefined) return null;
  if (now.state === "notOffered") return <p>{words.notOffered}</p>;
  return (
    <div className="stack">
      <p role="status" className="chosen-file">
        {now.state === "none" ? words.none : words[now.state](now.name)}
      </p>
      <div className="row">
        {now.state === "asks" ? (
          <Button
            className="btn"
            onPress={() => {
              leaves.current = true;
              void allow();
            }}
          >
            {words.allow}
          </Button>
        ) : null}
        <Button ref={chooseButton} className="btn" onPress={choose}>
          {now.state === "none" ? words.choose : words.other}
        </Button>
        {now.state === "none" ? null : (
          <Button
            className="btn quiet"
            onPress={() => {
              leaves.current = true;
              forget();
            }}
          >
            {words.forget}
          </Button>
        )}
      </div>
      {task.code === undefined ? null : <Trouble group={group} code={task.code} />}
    </div>
  );
};
