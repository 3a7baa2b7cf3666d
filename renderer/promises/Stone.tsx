import type { PageId } from "../../shared/base/ids.ts";

/**
 * A stone for a promise, of a shape that is its own. It looks the same however the promise went: a row of them shows
 * that there were promises, and no record of either person.
 */
export const Stone = ({ of }: { readonly of: PageId }) => (
  <svg className="stone" viewBox="-12 -12 24 24" aria-hidden="true">
    <path d={outlineOf(of)} />
  </svg>
);

const corners = 8;

/** Round, a little uneven: the radii follow from the page's id. */
const outlineOf = (page: PageId): string => {
  const points = Array.from({ length: corners }, (_, index) => {
    const uneven = Number.parseInt(page.slice(-2 - index * 2, page.length - index * 2) || "0", 16);
    const radius = 7.5 + (Number.isNaN(uneven) ? 0 : uneven % 8) * 0.35;
    const angle = (index / corners) * 2 * Math.PI;
    return { x: Math.cos(angle) * radius * 1.15, y: Math.sin(angle) * radius * 0.85 };
  });
  const between = (one: (typeof points)[number], other: (typeof points)[number]): string =>
    `${((one.x + other.x) / 2).toFixed(2)} ${((one.y + other.y) / 2).toFixed(2)}`;
  const at = (index: number) => points[index % corners] ?? { x: 0, y: 0 };
  const curves = points.map(
    (point, index) =>
      `Q${point.x.toFixed(2)} ${point.y.toFixed(2)} ${between(point, at(index + 1))}`,
  );
  return `M${between(at(corners - 1), at(0))}${curves.join("")}Z`;
};
