import { Link } from "wouter";
import { PageTitle } from "../ui/PageTitle.tsx";

/** After something was done to the keys: what is so now, and the way back to the pages. */
export const Done = ({
  title,
  text,
  go,
}: {
  readonly title: string;
  readonly text: string;
  readonly go: string;
}) => (
  <>
    <PageTitle>{title}</PageTitle>
    <p>{text}</p>
    <div className="row">
      <Link className="btn primary" href="/journal">
        {go}
      </Link>
    </div>
  </>
);
