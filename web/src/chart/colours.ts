/** The colour of a series by its place. */
export function colour(index: number): string {
  return `var(--chart-${(index % 6) + 1})`;
}

export const AXIS = { stroke: "var(--line-strong)", tickStroke: "transparent" } as const;
export const LABEL = { fill: "var(--ink-faint)", fontSize: 12, fontFamily: "var(--font-sans)" } as const;
