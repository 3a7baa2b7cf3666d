import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { editorKeys, editorTyped } from "../ui/editor/keys.ts";
import { Sheet } from "../ui/Sheet.tsx";
import { appKeys } from "./appKeys.ts";
import { Keys } from "./Keys.tsx";

type KeysSheetProps = { readonly open: boolean; readonly onClose: () => void };

/** Every key of the app, in one place. */
export const KeysSheet = ({ open, onClose }: KeysSheetProps) => {
  const { t } = useTranslation(["palette", "journal"]);
  return (
    <Sheet title={t("keys.title")} open={open} onClose={onClose}>
      {appKeys.map(({ group, rows }) => (
        <Group key={group} title={t(`keys.groups.${group}`)}>
          {rows.map(({ id, keys }) => (
            <Row key={id} does={t(`keys.app.${id}`)}>
              <Keys keys={keys} />
            </Row>
          ))}
        </Group>
      ))}
      <Group title={t("keys.groups.writing")}>
        {editorKeys.map(({ id, keys }) => (
          <Row key={id} does={t(`journal:editor.keys.${id}`)}>
            <Keys keys={keys} />
          </Row>
        ))}
      </Group>
      <Group title={t("keys.groups.typed")}>
        {editorTyped.map(({ id, typed }) => (
          <Row key={id} does={t(`journal:editor.keys.${id}`)}>
            <kbd dir="ltr">{typed}</kbd>
          </Row>
        ))}
      </Group>
    </Sheet>
  );
};

const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => {
  const id = useId();
  return (
    <section className="keys-group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
};

const Row = ({ does, children }: { readonly does: string; readonly children: ReactNode }) => (
  <div className="keys-row">
    <dt>{does}</dt>
    <dd>{children}</dd>
  </div>
);
