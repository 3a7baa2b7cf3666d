import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { Link, useLocation } from "wouter";
import { BackLink } from "../ui/BackLink.tsx";
import { PageTitle } from "../ui/PageTitle.tsx";
import { useSurroundings } from "../ui/surroundings.ts";
import { usePartnerName } from "../ui/usePartnerName.ts";
import { useWishes } from "../ui/wishes.tsx";
import { type SidePage, sidePages, type SidePart } from "./sidePages.ts";
import { useHurtName } from "./useHurtName.ts";

/** One page to read, still and short, with one small thing to do at its end. */
export const SideReading = ({ page }: { readonly page: SidePage }) => {
  const { t } = useTranslation("theirSide");
  const names = useHurtName();
  const parts = t(`pages.${page}.parts`, { ...names, returnObjects: true }) as readonly SidePart[];
  // What is done is done by whoever reads, and goes to their partner.
  const act = t(`pages.${page}.act.text`, usePartnerName());
  return (
    <div className="stack measured">
      <BackLink to="/their-side">{t("title")}</BackLink>
      <article className="stack side-page">
        <PageTitle>{t(`pages.${page}.title`)}</PageTitle>
        {parts.map((part, index) => (
          <Part key={part.title ?? index} part={part} />
        ))}
        <section className="small-act" aria-labelledby="small-act">
          <h2 id="small-act">{t("small")}</h2>
          <p>{act}</p>
          <Act page={page} />
        </section>
      </article>
      <nav className="side-others" aria-label={t("others")}>
        <ul>
          {sidePages
            .filter((other) => other !== page)
            .map((other) => (
              <li key={other}>
                <Link href={`/their-side/${other}`}>{t(`pages.${other}.title`)}</Link>
              </li>
            ))}
        </ul>
      </nav>
    </div>
  );
};

const Part = ({ part }: { readonly part: SidePart }) => {
  const { t } = useTranslation("theirSide");
  const { title, text = [], list = [], steps = [], pairs = [] } = part;
  return (
    <section className="reading">
      {title === undefined ? null : <h2>{title}</h2>}
      {text.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
      {list.length === 0 ? null : (
        <ul>
          {list.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
      )}
      {steps.length === 0 ? null : (
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {pairs.length === 0 ? null : (
        <dl className="side-pairs">
          {pairs.map(({ heard, instead }) => (
            <div key={heard}>
              <dt>{heard}</dt>
              <dd>
                <span className="for-readers">{t("instead")}: </span>
                {instead}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
};

/** Where the small thing is done: in my room, in Steady, with words for the partner, among one's own people. */
const Act = ({ page }: { readonly page: SidePage }) => {
  const { t } = useTranslation("theirSide");
  const { steady } = useSurroundings();
  const wishes = useWishes();
  const names = usePartnerName();
  const [, navigate] = useLocation();
  const acts: Readonly<Record<SidePage, () => void>> = {
    guilt: () => navigate("/their-side/guilt/write"),
    minutes: steady,
    staying: () => {
      navigate("/letters");
      wishes?.wish("letter");
    },
    replying: () => navigate("/questions"),
    people: () => navigate("/for-me/people"),
  };
  return (
    <div className="row">
      <Button className="btn primary" onPress={acts[page]}>
        {t(`pages.${page}.act.button`, names)}
      </Button>
    </div>
  );
};
