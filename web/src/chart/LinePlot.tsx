import { AxisBottom, AxisLeft } from "@visx/axis";
import { GridRows } from "@visx/grid";
import { Group } from "@visx/group";
import { scaleLinear } from "@visx/scale";
import { AreaClosed, LinePath } from "@visx/shape";
import { formatTick } from "@/chat/format";
import { AXIS, LABEL, colour } from "./colours";
import { extentOf, labelledPlaces } from "./extent";
import { LABEL_WIDTH, type PlotProps } from "./plot";
import { Tooltip } from "./Tooltip";

const WIDE_LABEL = 9;
const MARGIN = { top: 10, right: 30, bottom: 28, left: 58 };

export function LinePlot({ shape, width, height, active, onActive }: PlotProps) {
  const inner = { width: Math.max(width - MARGIN.left - MARGIN.right, 10), height: height - MARGIN.top - MARGIN.bottom };
  const positions = shape.moments ?? shape.places.map((_place, index) => index);
  const x = scaleLinear({ domain: [Math.min(...positions), Math.max(...positions)], range: [0, inner.width] });
  const y = scaleLinear({ domain: extentOf(shape), range: [inner.height, 0], nice: 5 });
  const left = (index: number) => x(positions[index] ?? 0);
  const labelled = labelledPlaces(positions.length, inner.width / LABEL_WIDTH);
  const nearest = (clientX: number, origin: number) => {
    const at = clientX - origin - MARGIN.left;
    return positions.reduce((best, _position, index) => (Math.abs(left(index) - at) < Math.abs(left(best) - at) ? index : best), 0);
  };
  // A wide label of the last place would be cut off at the edge.
  const isWideAtEnd = (position: number) => position === positions.at(-1) && (shape.places.at(-1)?.length ?? 0) > WIDE_LABEL;
  const indices = positions.map((_position, index) => index);
  return (
    <>
      <svg width={width} height={height} aria-hidden="true" onPointerMove={(event) => onActive(nearest(event.clientX, event.currentTarget.getBoundingClientRect().left))}>
        <Group left={MARGIN.left} top={MARGIN.top}>
          <GridRows scale={y} width={inner.width} numTicks={5} stroke="var(--line)" />
          {shape.series.map(({ name, values }, series) => {
            const drawn = (index: number) => values[index] !== null && values[index] !== undefined;
            const top = (index: number) => y(values[index] ?? 0);
            return (
              <Group key={name}>
                {shape.series.length === 1 && <AreaClosed data={indices} x={left} y={top} yScale={y} defined={drawn} fill={colour(series)} fillOpacity={0.1} />}
                <LinePath data={indices} x={left} y={top} defined={drawn} stroke={colour(series)} strokeWidth={2.2} strokeLinejoin="round" strokeLinecap="round" />
                {indices.filter((index) => drawn(index) && (positions.length <= 24 || index === active)).map((index) => (
                  <circle key={index} cx={left(index)} cy={top(index)} r={index === active ? 5 : 2.6} fill={colour(series)} stroke="var(--surface)" strokeWidth={index === active ? 2 : 1} />
                ))}
              </Group>
            );
          })}
          {active !== undefined && <line x1={left(active)} x2={left(active)} y1={0} y2={inner.height} stroke="var(--line-strong)" strokeDasharray="3 3" />}
          <AxisLeft scale={y} numTicks={5} hideAxisLine tickFormat={(value) => formatTick(Number(value), shape.format)} tickLabelProps={{ ...LABEL, textAnchor: "end", dx: -4, dy: 4 }} {...AXIS} />
          <AxisBottom scale={x} top={inner.height} tickValues={labelled.map((index) => positions[index] ?? 0)} tickFormat={(value) => shape.places[positions.indexOf(Number(value))] ?? ""} tickLabelProps={(value) => ({ ...LABEL, textAnchor: isWideAtEnd(Number(value)) ? "end" : "middle", dx: isWideAtEnd(Number(value)) ? MARGIN.right - 2 : 0, dy: 2 })} {...AXIS} />
        </Group>
      </svg>
      {active !== undefined && <Tooltip shape={shape} index={active} left={MARGIN.left + left(active)} top={height / 3} width={width} />}
    </>
  );
}
