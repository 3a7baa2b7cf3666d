import { InputRule, wrappingInputRule } from "@tiptap/core";
import { TaskItem, TaskList } from "@tiptap/extension-list";
import type { Node } from "@tiptap/pm/model";

/** A list of things to be ticked. Each box is named by the words beside it. */
export const checklist = TaskList.configure({ HTMLAttributes: { dir: "auto", class: "tasks" } });

export const checklistItem = TaskItem.extend({
  parseHTML: () => [
    {
      tag: 'li[data-type="taskItem"]',
      priority: 51,
      contentElement: (element: HTMLElement) =>
        element.querySelector<HTMLElement>(":scope > .task-words") ?? element,
    },
  ],
  renderHTML: ({ node }) => {
    const done = isDone(node);
    return [
      "li",
      { "data-type": "taskItem", "data-checked": String(done) },
      ["input", { type: "checkbox", ...(done ? { checked: "" } : {}) }],
      ["div", { class: "task-words" }, 0],
    ];
  },
  addNodeView() {
    const { editor } = this;
    return ({ node, getPos }) => {
      const item = document.createElement("li");
      const label = document.createElement("label");
      const box = document.createElement("input");
      const words = document.createElement("div");
      label.contentEditable = "false";
      box.type = "checkbox";
      // Mod-Enter ticks the item of the cursor; a long list is no row of stops on the way out of the editor.
      box.tabIndex = -1;
      label.append(box);
      item.append(label, words);
      const show = (shown: Node): void => {
        item.dataset["checked"] = String(isDone(shown));
        box.checked = isDone(shown);
        box.setAttribute("aria-label", nameOf(shown));
      };
      show(node);
      // The cursor stays where it is.
      label.addEventListener("mousedown", (event) => event.preventDefault());
      box.addEventListener("change", () => {
        const at = getPos();
        if (at === undefined) return;
        editor.commands.command(({ tr }) => {
          tr.setNodeAttribute(at, "checked", box.checked);
          return true;
        });
      });
      return {
        dom: item,
        contentDOM: words,
        update: (next) => {
          if (next.type !== node.type) return false;
          show(next);
          return true;
        },
        stopEvent: (event) =>
          event.target instanceof globalThis.Node && label.contains(event.target),
        ignoreMutation: (change) => change.type !== "selection" && !words.contains(change.target),
      };
    };
  },
  addKeyboardShortcuts() {
    return {
      ...this.parent?.(),
      "Mod-Enter": () =>
        this.editor.commands.command(({ state, tr }) => {
          const { $from } = state.selection;
          for (let depth = $from.depth; depth > 0; depth--) {
            const node = $from.node(depth);
            if (node.type !== this.type) continue;
            tr.setNodeAttribute($from.before(depth), "checked", !isDone(node));
            return true;
          }
          return false;
        }),
    };
  },
  addInputRules() {
    const find = /^\s*\[([ xX])?\]\s$/;
    const wrap = wrappingInputRule({
      find,
      type: this.type,
      getAttributes: (match) => ({ checked: isTicked(match) }),
    });
    return [
      // "- [ ] " as well: the list has begun by the time the box is typed.
      new InputRule({
        find,
        handler: (props) => {
          const { range, match, chain, state } = props;
          const inList = state.doc.resolve(range.from).node(-1).type.name === "listItem";
          if (!inList) return wrap.handler(props);
          chain()
            .deleteRange(range)
            .toggleList("taskList", "taskItem")
            .updateAttributes("taskItem", { checked: isTicked(match) })
            .run();
          return undefined;
        },
      }),
    ];
  },
}).configure({ nested: true });

const isDone = ({ attrs }: Node): boolean => attrs["checked"] === true;

const isTicked = (match: RegExpMatchArray): boolean => match[1]?.toLowerCase() === "x";

/** Its own first line, without what stands in lists below it. */
const nameOf = (item: Node): string => item.firstChild?.textContent ?? "";
