import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridRows } from "@visx/grid";
import { Group } from "@visx/group";
import { scaleBand, scaleLinear } from "@visx/scale";
import { formatTick } from "@/chat/format";
import { AXIS, LABEL, colour } from "./colours";
import { extentOf, labelledPlaces } from "./extent";
import { LABEL_WIDTH, type PlotProps } from "./plot";
import { barsAt } from "./stack";
import { Tooltip } from "./Tooltip";

const MARGIN = { top: 10, right: 12, bottom: 28, left: 58 };

/** Upright bars, for places in time. */
export function ColumnsPlot({ shape, width, height, active, onActive }: PlotProps) {
  const inner = { width: Math.max(width - MARGIN.left - MARGIN.right, 10), height: height - MARGIN.top - MARGIN.bottom };
  const indices = shape.places.map((_place, index) => index);
  const x = scaleBand({ domain: indices, range: [0, inner.width], padding: 0.24 });
  const y = scaleLinear({ domain: extentOf(shape), range: [inner.height, 0], nice: 5 });
  const sideBySide = shape.form === "columns" ? shape.series.length : 1;
  const barWidth = Math.min(x.bandwidth() / sideBySide, 56);
  const labelled = labelledPlaces(indices.length, inner.width / LABEL_WIDTH);
  const centre = (index: number) => (x(index) ?? 0) + x.bandwidth() / 2;
  return (
    <>
      <svg width={width} height={height} aria-hidden="true">
        <Group left={MARGIN.left} top={MARGIN.top}>
          <GridRows scale={y} width={inner.width} numTicks={5} stroke="var(--line)" />
          {indices.map((place) => (
            <Group key={place} onPointerMove={() => onActive(place)} opacity={active === undefined || active === place ? 1 : 0.45}>
              <rect x={centre(place) - x.step() / 2} width={x.step()} height={inner.height} fill="transparent" />
              {barsAt(shape, place).map(({ series, from, to }) => (
                <rect
                  key={series}
                  x={centre(place) - (barWidth * sideBySide) / 2 + (sideBySide > 1 ? series * barWidth : 0)}
                  width={Math.max(barWidth - (sideBySide > 1 ? 1 : 0), 1)}
                  y={y(Math.max(from, to))}
                  height={Math.abs(y(from) - y(to))}
                  rx={sideBySide === 1 && shape.form === "columns" ? 3 : 1}
                  fill={colour(series)}
                />
              ))}
            </Group>
          ))}
          <AxisLeft scale={y} numTicks={5} hideAxisLine tickFormat={(value) => formatTick(Number(value), shape.format)} tickLabelProps={{ ...LABEL, textAnchor: "end", dx: -4, dy: 4 }} {...AXIS} />
          <AxisBottom scale={x} top={y(0)} tickValues={labelled} tickFormat={() => ""} {...AXIS} />
          {labelled.map((place) => (
            <text key={place} x={centre(place)} y={inner.height + 20} textAnchor="middle" {...LABEL}>
              {shape.places[place]}
            </text>
          ))}
        </Group>
      </svg>
      {active !== undefined && <Tooltip shape={shape} index={active} left={MARGIN.left + centre(active)} top={height / 3} width={width} />}
    </>
  );
}
