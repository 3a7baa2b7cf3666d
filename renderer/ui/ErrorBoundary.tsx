import { Component, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";

type Props = { readonly children: ReactNode };
type State = { readonly broken: boolean };

/** A bug in one screen leaves the way out in place. React knows no other form for this than a class. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { broken: false };
  static getDerivedStateFromError(): State {
    return { broken: true };
  }
  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return <Broken onAgain={() => this.setState({ broken: false })} />;
  }
}

const Broken = ({ onAgain }: { readonly onAgain: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className="stack" role="alert">
      <h1>{t("broken.title")}</h1>
      <p>{t("broken.text")}</p>
      <div className="row">
        <Button className="btn" onPress={onAgain}>
          {t("broken.again")}
        </Button>
      </div>
    </div>
  );
};
