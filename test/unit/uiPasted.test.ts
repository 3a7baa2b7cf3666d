import { expect, test } from "vitest";
import { withoutStyles } from "../../renderer/ui/editor/pastedHtml.ts";

test("a pasted page brings no style element and no style attribute", () => {
  const html = `<STYLE>p{color:red}</STYLE ><p\nStyle = "color:red">a</p><b class=x style='font-weight:normal'>b</b>`;
  expect(withoutStyles(html)).not.toMatch(/<style|\sstyle\s*=/i);
});

test("written words that look like an attribute stay as they are", () => {
  const html = "<p>my style=plain, &lt;p style=x&gt; too</p>";
  expect(withoutStyles(html)).toBe(html);
});

test("no event handler of a pasted page is read as one", () => {
  const html = `<a href="https://example.org" onClick="x()"\nonmouseover = 'y()'>on = off</a>`;
  expect(withoutStyles(html)).not.toMatch(/\son[a-z]+\s*=\s*["']/i);
  expect(withoutStyles(html)).toContain(">on = off</a>");
});
