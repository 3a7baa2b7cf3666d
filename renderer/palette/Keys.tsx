import { Fragment } from "react";
import { useSurroundings } from "../ui/surroundings.ts";
import { nameOfKey } from "./keyNames.ts";

/** Keys that are pressed together, as this computer's keyboard shows them. */
export const Keys = ({ keys }: { readonly keys: readonly string[] }) => {
  const { platform } = useSurroundings().bridge.shell;
  return (
    <span className="keys">
      {keys.map((key, at) => {
        const { shown, said } = nameOfKey(key, platform);
        return (
          <Fragment key={key + String(at)}>
            {at === 0 ? null : " "}
            <kbd>
              {said === undefined ? (
                shown
              ) : (
                <>
                  <span aria-hidden="true">{shown}</span>
                  <span className="for-readers">{said}</span>
                </>
              )}
            </kbd>
          </Fragment>
        );
      })}
    </span>
  );
};
