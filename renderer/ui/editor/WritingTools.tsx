import type { Editor } from "@tiptap/core";
import { useEditorState } from "@tiptap/react";
import { useTranslation } from "react-i18next";
import { Button, Group, Separator, ToggleButton, Toolbar } from "react-aria-components";
import { marks } from "./marks.tsx";

const tools = ["bold", "italic", "heading2", "heading3", "bullets", "numbers", "quote"] as const;
type Tool = (typeof tools)[number];

/** Small and quiet above the words; each tool has its usual keys in the editor as well. */
export const WritingTools = ({ editor }: { readonly editor: Editor }) => {
  const { t } = useTranslation("journal");
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      on: tools.filter((tool) => isOn(now, tool)),
      undo: now.can().undo(),
      redo: now.can().redo(),
    }),
  });
  return (
    <Toolbar className="tools" aria-label={t("editor.toolbar")}>
      <Group className="tool-group">
        {tools.map((tool) => (
          <ToggleButton
            key={tool}
            className="tool"
            aria-label={t(`editor.${tool}`)}
            isSelected={state.on.includes(tool)}
            onChange={() => use(editor, tool)}
          >
            {marks[tool]}
          </ToggleButton>
        ))}
      </Group>
      <Separator orientation="vertical" className="tool-line" />
      <Group className="tool-group">
        {(["undo", "redo"] as const).map((tool) => (
          <Button
            key={tool}
            className="tool"
            aria-label={t(`editor.${tool}`)}
            isDisabled={!state[tool]}
            onPress={() => editor.chain().focus()[tool]().run()}
          >
            {marks[tool]}
          </Button>
        ))}
      </Group>
    </Toolbar>
  );
};

const isOn = (editor: Editor, tool: Tool): boolean => {
  switch (tool) {
    case "heading2":
      return editor.isActive("heading", { level: 2 });
    case "heading3":
      return editor.isActive("heading", { level: 3 });
    case "bullets":
      return editor.isActive("bulletList");
    case "numbers":
      return editor.isActive("orderedList");
    case "quote":
      return editor.isActive("blockquote");
    case "bold":
    case "italic":
      return editor.isActive(tool);
  }
};

const use = (editor: Editor, tool: Tool): void => {
  const chain = editor.chain().focus();
  switch (tool) {
    case "bold":
      chain.toggleBold().run();
      return;
    case "italic":
      chain.toggleItalic().run();
      return;
    case "heading2":
      chain.toggleHeading({ level: 2 }).run();
      return;
    case "heading3":
      chain.toggleHeading({ level: 3 }).run();
      return;
    case "bullets":
      chain.toggleBulletList().run();
      return;
    case "numbers":
      chain.toggleOrderedList().run();
      return;
    case "quote":
      chain.toggleBlockquote().run();
  }
};
