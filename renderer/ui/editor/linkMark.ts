import { InputRule, Mark } from "@tiptap/core";
import { isPlainAddress } from "../../../shared/page/addresses.ts";

/**
 * A link is words with an address beside them: nothing looks for addresses in what is typed, and nothing follows one.
 * "[words](https://…)" typed out becomes one.
 */
export const linkMark = Mark.create({
  name: "link",
  inclusive: false,
  keepOnSplit: false,
  addAttributes: () => ({
    href: { default: null, parseHTML: (element: HTMLElement) => element.getAttribute("href") },
  }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (element) => (isPlainAddress(element.getAttribute("href") ?? "") ? null : false),
    },
  ],
  renderHTML: ({ HTMLAttributes }) => {
    const href: unknown = HTMLAttributes["href"];
    return ["a", typeof href === "string" && isPlainAddress(href) ? { href } : {}, 0];
  },
  addInputRules() {
    return [
      new InputRule({
        find: /\[([^[\]]+)\]\(((?:https?:\/\/|mailto:)[^\s()]+)\)$/i,
        handler: ({ state, range, match }) => {
          const [, words = "", href] = match;
          state.tr
            .replaceWith(
              range.from,
              range.to,
              state.schema.text(words, [this.type.create({ href })]),
            )
            .removeStoredMark(this.type);
        },
      }),
    ];
  },
});
