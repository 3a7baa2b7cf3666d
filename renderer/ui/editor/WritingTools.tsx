import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import {
  Button,
  FileTrigger,
  Group,
  Separator,
  ToggleButton,
  Toolbar,
} from "react-aria-components";
import { focusNow } from "./focusNow.ts";
import { marks } from "./marks.tsx";
import { applyTool, stepsOf, type Tool, toolsOn, writingTools } from "./tools.ts";

type WritingToolsProps = {
  readonly editor: Editor;
  readonly onLink: () => void;
  readonly onAlone: () => void;
  /** Where the page takes photos. */
  readonly onPhotos?: ((files: readonly File[]) => void) | undefined;
};

/** Small and quiet above the words; each tool has its keys in the editor as well (keys.ts). */
export const WritingTools = ({ editor, onLink, onAlone, onPhotos }: WritingToolsProps) => {
  const { t } = useTranslation(["journal", "photos"]);
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({ on: toolsOn(now), ...stepsOf(now) }),
  });
  const press = (tool: Tool) => (tool === "link" ? onLink() : applyTool(editor, tool));
  return (
    <Toolbar className="tools" aria-label={t("editor.toolbar")}>
      {writingTools.map((group, index) => (
        <Fragment key={group[0]}>
          {index > 0 ? <Separator orientation="vertical" className="tool-line" /> : null}
          <Group className="tool-group">
            {group.map((tool) =>
              tool === "line" ? (
                <Button
                  key={tool}
                  className="tool"
                  aria-label={t("editor.line")}
                  onPress={() => press(tool)}
                >
                  {marks[tool]}
                </Button>
              ) : (
                <ToggleButton
                  key={tool}
                  className="tool"
                  aria-label={t(`editor.${tool}`)}
                  isSelected={state.on.includes(tool)}
                  onChange={() => press(tool)}
                >
                  {marks[tool]}
                </ToggleButton>
              ),
            )}
          </Group>
        </Fragment>
      ))}
      {onPhotos === undefined ? null : (
        <FileTrigger
          acceptedFileTypes={["image/*"]}
          allowsMultiple
          onSelect={(files) => onPhotos([...(files ?? [])])}
        >
          <Button className="tool" aria-label={t("photos:add")}>
            {marks.photo}
          </Button>
        </FileTrigger>
      )}
      <Separator orientation="vertical" className="tool-line" />
      <Group className="tool-group">
        {(["undo", "redo"] as const).map((tool) => (
          <Button
            key={tool}
            className="tool"
            aria-label={t(`editor.${tool}`)}
            isDisabled={!state[tool]}
            onPress={() => {
              focusNow(editor);
              editor.commands[tool]();
            }}
          >
            {marks[tool]}
          </Button>
        ))}
        <Button className="tool" aria-label={t("editor.alone")} onPress={onAlone}>
          {marks.alone}
        </Button>
      </Group>
    </Toolbar>
  );
};
