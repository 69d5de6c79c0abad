import type { Series, Shape } from "./shape";

export interface Bar {
  series: number;
  from: number;
  to: number;
}

/** Where each series' bar begins and ends at one place: on each other when stacked, negative ones downwards; else each from 0. */
export function barsAt(shape: Shape, place: number): Bar[] {
  const stacked = shape.form === "stacked-bars" || shape.form === "stacked-columns";
  let [up, down] = [0, 0];
  return shape.series.map((series: Series, index) => {
    const value = series.values[place] ?? 0;
    if (!stacked) return { series: index, from: 0, to: value };
    const from = value < 0 ? down : up;
    const to = from + value;
    if (value < 0) down = to;
    else up = to;
    return { series: index, from, to };
  });
}
