import { useTranslation } from "react-i18next";
import type { UpdateCode, UpdateOffer } from "../../shared/bridge/updates.ts";
import { useSurroundings } from "../ui/surroundings.ts";
import { TaskButton } from "../ui/TaskButton.tsx";
import { Trouble } from "../ui/Trouble.tsx";
import { type Task, useTask } from "../ui/useTask.ts";

type OfferProps = {
  readonly offer: UpdateOffer;
  readonly host: string;
  readonly read: () => Promise<void>;
};

/** One step at a time, each asked for: it is there, it is here, it takes this one's place. */
export const Offer = ({ offer, host, read }: OfferProps) => {
  const { t } = useTranslation(["updates", "app"]);
  const locale = t("app:dates.locale");
  const { updates } = useSurroundings().bridge;
  const step = useTask<UpdateCode>();
  const { version, size, way } = offer;
  const said = { version, host, day: sayDay(offer.date, locale) };
  if (way === "system" || way === "between") return <p role="status">{t(way, said)}</p>;
  if (way === "brought")
    return (
      <Step
        lines={[t("brought", said), t("broughtNext")]}
        action={t("install")}
        going={t("installing")}
        step={step}
        onGo={() => step.run(updates.install)}
      />
    );
  return (
    <Step
      lines={[t("offer", { ...said, size: sayMegabytes(size, locale) }), t("offerSigned")]}
      action={t("bring", said)}
      going={t("bringing")}
      step={step}
      onGo={() => step.run(updates.bring, () => void read())}
    />
  );
};

type StepProps = {
  readonly lines: readonly string[];
  readonly action: string;
  /** Said while it is under way. */
  readonly going: string;
  readonly step: Task<UpdateCode>;
  readonly onGo: () => void;
};

const Step = ({ lines, action, going, step, onGo }: StepProps) => (
  <div className="update-offer stack">
    <div role="status">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
    <div className="row">
      <TaskButton className="btn" busy={step.busy} onPress={onGo}>
        {action}
      </TaskButton>
    </div>
    <p role="status" className="update-status">
      {step.busy ? going : null}
    </p>
    {step.code === undefined ? null : <Trouble group="updates" code={step.code} />}
  </div>
);

/** Whole, with its year: a release may be old. A day without an hour is the same day everywhere. */
const sayDay = (date: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );

const sayMegabytes = (bytes: number, locale: string): string =>
  new Intl.NumberFormat(locale, {
    style: "unit",
    unit: "megabyte",
    unitDisplay: "short",
    maximumFractionDigits: 0,
  }).format(bytes / 1_000_000);
