import type { Shape } from "./shape";

/** The values' range with 0 in it, so that lengths and heights can be compared; stacked values count together. */
export function extentOf({ series, form, places, reach = 0 }: Shape): [number, number] {
  const stacked = form === "stacked-bars" || form === "stacked-columns";
  const columns = places.map((_place, index) => series.map((one) => one.values[index] ?? 0));
  const highs = columns.map((values) => (stacked ? sum(values.filter((value) => value > 0)) : Math.max(0, ...values)));
  const lows = columns.map((values) => (stacked ? sum(values.filter((value) => value < 0)) : Math.min(0, ...values)));
  const [low, high] = [Math.min(0, ...lows), Math.max(reach, ...highs)];
  return low === high ? [0, 1] : [low, high];
}

/** Which of many places get a label: evenly spaced, at most as many as there is room for, the last one included. */
export function labelledPlaces(count: number, room: number): number[] {
  const step = Math.max(1, Math.ceil(count / Math.max(1, Math.floor(room))));
  return Array.from({ length: count }, (_none, index) => index).filter((index) => (count - 1 - index) % step === 0);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
