import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link } from "wouter";
import type { BookCode } from "../../shared/journal/entryBook.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { LeftOutList } from "./LeftOutList.tsx";
import type { BroughtIn } from "./useBringIn.ts";
import { useReport } from "./useReport.ts";

type BroughtProps = {
  readonly base: string;
  readonly place: string;
  readonly result: BroughtIn;
  readonly code: BookCode | undefined;
  readonly onUndo: () => void;
  readonly onMore: () => void;
};

/** What came and what did not; all of it can go again, into the trash. */
export const Brought = ({ base, place, result, code, onUndo, onMore }: BroughtProps) => {
  const { t } = useTranslation("moving");
  const report = useReport();
  const [asks, setAsks] = useState(false);
  return (
    <>
      <h2 tabIndex={-1}>{t("brought.heading")}</h2>
      {code === undefined ? null : <Trouble group="moving" code={code} />}
      <div className="card">
        {report.came(result, place).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </div>
      <LeftOutList leftOut={result.leftOut} heading={t("leftOut.heading")} />
      <ReportText text={report.text(result, place)} />
      <div className="row">
        <Link className="btn primary" href={base}>
          {t("brought.go", { place })}
        </Link>
        <Button className="btn" onPress={onMore}>
          {t("brought.more")}
        </Button>
        {result.pages.length === 0 ? null : (
          <Button className="btn quiet" onPress={() => setAsks(true)}>
            {t("undo.button")}
          </Button>
        )}
      </div>
      <Sheet title={t("undo.title")} open={asks} onClose={() => setAsks(false)} asks>
        <p>{t("undo.text", { count: result.pages.length })}</p>
        <div className="row">
          <Button
            className="btn primary"
            onPress={() => {
              setAsks(false);
              onUndo();
            }}
          >
            {t("undo.confirm")}
          </Button>
          <Button className="btn" autoFocus onPress={() => setAsks(false)}>
            {t("undo.keep")}
          </Button>
        </div>
      </Sheet>
    </>
  );
};

/** To keep: as a text that can be marked and copied. Nothing is written anywhere by itself. */
const ReportText = ({ text }: { readonly text: string }) => {
  const { t } = useTranslation("moving");
  const field = useRef<HTMLTextAreaElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = (): void => {
    field.current?.focus();
    field.current?.select();
    // The one way that asks for no permission: the app is granted none to read or write the clipboard.
    setCopied(document.execCommand("copy"));
  };
  return (
    <details className="report-text">
      <summary>{t("report.show")}</summary>
      <textarea
        ref={field}
        className="input"
        readOnly
        rows={10}
        aria-label={t("report.label")}
        value={text}
        dir="auto"
      />
      <div className="row">
        <Button className="btn" onPress={copy}>
          {t("report.copy")}
        </Button>
        <span role="status" className="quiet-state">
          {copied ? t("report.copied") : ""}
        </span>
      </div>
    </details>
  );
};
