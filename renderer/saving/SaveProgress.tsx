import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button, Label, ProgressBar } from "react-aria-components";
import type { NotSaved } from "../../shared/archive/savedEntry.ts";
import type { SavedResult } from "./saveAs.ts";

type SaveWorkingProps = {
  readonly done: number;
  readonly all: number;
  readonly onStop: () => void;
};

export const SaveWorking = ({ done, all, onStop }: SaveWorkingProps) => {
  const { t } = useTranslation("saving");
  const stop = useRef<HTMLButtonElement>(null);
  // What was pressed is gone with its stage.
  useEffect(() => stop.current?.focus(), []);
  const said = done < all ? t("progress", { done, all }) : t("laying");
  return (
    <>
      <ProgressBar
        className="moving-progress"
        value={done}
        maxValue={Math.max(all, 1)}
        valueLabel={said}
      >
        {({ percentage = 0 }) => (
          <>
            <Label>{t("working")}</Label>
            <p>{said}</p>
            <svg viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden="true">
              <rect width="100" height="2" className="track" />
              <rect width={percentage} height="2" className="done" />
            </svg>
          </>
        )}
      </ProgressBar>
      <div className="row">
        <Button ref={stop} className="btn" onPress={onStop}>
          {t("stop")}
        </Button>
      </div>
    </>
  );
};

type SaveDoneProps = { readonly result: SavedResult; readonly onClose: () => void };

export const SaveDone = ({ result, onClose }: SaveDoneProps) => {
  const { t } = useTranslation("saving");
  const { end, entries, notSaved } = result;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  return (
    <>
      <p role="status">
        {end === "closed" ? t("done.closed") : t(`done.${end}`, { count: entries })}
      </p>
      {notSaved.length === 0 || end === "closed" ? null : <NotSavedList notSaved={notSaved} />}
      <div className="row">
        <Button ref={close} className="btn primary" onPress={onClose}>
          {t("close")}
        </Button>
      </div>
    </>
  );
};

/** Beyond so many, only how many more there are is said. */
const namedAtOnce = 12;

const NotSavedList = ({ notSaved }: { readonly notSaved: readonly NotSaved[] }) => {
  const { t } = useTranslation("saving");
  return (
    <section className="left-out" aria-labelledby="not-saved">
      <h3 id="not-saved">{t("notSaved.heading")}</h3>
      <ul>
        {notSaved.map(({ code, count, where }) => (
          <li key={code}>
            <p>{t(`notSaved.${code}`, { count })}</p>
            <ul className="names">
              {where.slice(0, namedAtOnce).map((name) => (
                <li key={name} dir="auto">
                  {name}
                </li>
              ))}
              {where.length > namedAtOnce ? (
                <li>{t("notSaved.more", { count: where.length - namedAtOnce })}</li>
              ) : null}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
};
