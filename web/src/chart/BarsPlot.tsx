import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";
import { LABEL, colour } from "./colours";
import { extentOf } from "./extent";
import type { PlotProps } from "./plot";
import { barsAt } from "./stack";
import { Tooltip } from "./Tooltip";

const ROW = 32;
const CHARACTER = 7;
/** Between a bar and its figure, and behind that. */
const VALUE_GAP = 8;

/** Bars that lie, for named groups: the names stand beside them and, where there is one series, the figures behind them. */
export function BarsPlot({ shape, width, active, onActive }: PlotProps) {
  const one = shape.series.length === 1;
  const longest = Math.max(...shape.places.map((place) => place.length));
  const left = Math.min(Math.max(longest * CHARACTER, 40), width * 0.34) + 10;
  const figures = Math.max(...(shape.series[0]?.texts ?? []).map((text) => text.length), 0);
  const right = one ? Math.min(figures * CHARACTER + 2 * VALUE_GAP, width * 0.4) : 12;
  const stacked = shape.form === "stacked-bars";
  const row = stacked || one ? ROW : Math.max(ROW, shape.series.length * 14 + 8);
  const height = shape.places.length * row;
  const indices = shape.places.map((_place, index) => index);
  const y = scaleBand({ domain: indices, range: [0, height], padding: 0.28 });
  const x = scaleLinear({ domain: extentOf(shape), range: [0, Math.max(width - left - right, 10)] });
  const thickness = y.bandwidth() / (stacked ? 1 : shape.series.length);
  const fitting = Math.floor((left - 10) / CHARACTER);
  return (
    <>
      <svg width={width} height={height} aria-hidden="true">
        {indices.map((place) => {
          const top = y(place) ?? 0;
          const middle = top + y.bandwidth() / 2;
          return (
            <Group key={place} onPointerMove={() => onActive(place)} opacity={active === undefined || active === place ? 1 : 0.5}>
              <rect x={0} y={place * row} width={width} height={row} fill="transparent" />
              <text x={left - 10} y={middle} dy="0.35em" textAnchor="end" {...LABEL} fill="var(--ink-soft)">
                {shortened(shape.places[place] ?? "", fitting)}
              </text>
              <Group left={left}>
                {barsAt(shape, place).map(({ series, from, to }) => (
                  <rect
                    key={series}
                    x={x(Math.min(from, to))}
                    width={Math.max(Math.abs(x(to) - x(from)), 1)}
                    y={top + (stacked ? 0 : series * thickness)}
                    height={Math.max(thickness - (one || stacked ? 0 : 1), 1)}
                    rx={one ? 3 : 1}
                    fill={colour(series)}
                  />
                ))}
                {one && (
                  <text x={x(Math.max(0, shape.series[0]?.values[place] ?? 0)) + VALUE_GAP} y={middle} dy="0.35em" {...LABEL} fill="var(--ink)">
                    {shape.series[0]?.texts[place]}
                  </text>
                )}
              </Group>
            </Group>
          );
        })}
      </svg>
      {active !== undefined && !one && <Tooltip shape={shape} index={active} left={left + 40} top={(y(active) ?? 0) + y.bandwidth() / 2} width={width} />}
    </>
  );
}

function shortened(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, Math.max(most - 1, 1))}…` : text;
}
