import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import type { InsideProps } from "./Inside.tsx";
import { insideNow, loadInside } from "./loadInside.ts";
import { Quiet } from "./Outside.tsx";

const Later = lazy(loadInside);

/** An open journal. The door unlocks once this has come (doorAsNeeded.ts), so that it stands at once. */
export const LaterInside = (props: InsideProps) => {
  const { t } = useTranslation("unlock");
  // One and the same for as long as it is shown: another would begin anew.
  const [{ Inside }] = useState(() => ({ Inside: insideNow() ?? Later }));
  return (
    <Suspense fallback={<Quiet text={t("opening")} />}>
      <Inside {...props} />
    </Suspense>
  );
};
