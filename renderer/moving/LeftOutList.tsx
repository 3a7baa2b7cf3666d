import { useTranslation } from "react-i18next";
import { Button, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import type { LeftOut } from "../../shared/archive/leftOut.ts";
import { namedAtOnce, useReport } from "./useReport.ts";

/** What does not come, or not as it was, each with its reason; the names are there for who wants them. */
export const LeftOutList = ({
  leftOut,
  heading,
}: {
  readonly leftOut: readonly LeftOut[];
  readonly heading: string;
}) => {
  const { t } = useTranslation("moving");
  if (leftOut.length === 0) return <p>{t("leftOut.nothing")}</p>;
  return (
    <section className="left-out" aria-labelledby="left-out">
      <h3 id="left-out">{heading}</h3>
      <ul>
        {leftOut.map((one) => (
          <li key={one.code}>
            <Reason one={one} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const Reason = ({ one }: { readonly one: LeftOut }) => {
  const { t } = useTranslation("moving");
  const sentence = useReport().left(one);
  const named = one.where.filter((name) => name !== "");
  if (named.length === 0) return <p>{sentence}</p>;
  const more = one.count - Math.min(named.length, namedAtOnce);
  return (
    <>
      <p>{sentence}</p>
      <Disclosure>
        <Heading className="fold-heading">
          <Button slot="trigger" className="btn quiet fold-do">
            {t("leftOut.which")}
            <span className="for-readers">: {sentence}</span>
          </Button>
        </Heading>
        <DisclosurePanel>
          <ul className="names">
            {named.slice(0, namedAtOnce).map((name) => (
              <li key={name} dir="auto">
                {name}
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="help">{t("leftOut.more", { count: more })}</p> : null}
        </DisclosurePanel>
      </Disclosure>
    </>
  );
};
