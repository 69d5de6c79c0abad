import { colour } from "./colours";
import type { Shape } from "./shape";

interface Props {
  shape: Shape;
  index: number;
  left: number;
  top: number;
  width: number;
}

/** The values at one place, beside it and inside the chart. */
export function Tooltip({ shape, index, left, top, width }: Props) {
  const toTheLeft = left > width / 2;
  return (
    <div
      className="pointer-events-none absolute z-10 max-w-64 rounded-lg border border-line bg-raised px-3 py-2 text-xs shadow-pop"
      style={{ top, left, transform: `translate(${toTheLeft ? "calc(-100% - 12px)" : "12px"}, -50%)` }}
      aria-hidden="true"
    >
      <p className="mb-0.5 font-medium">{shape.places[index]}</p>
      {shape.series.map((series, place) => (
        <p key={series.name} className="flex items-center gap-1.5 whitespace-nowrap">
          <span className="size-2 rounded-sm" style={{ background: colour(place) }} />
          {shape.series.length > 1 && <span className="truncate text-ink-soft">{series.name}</span>}
          <span className="ml-auto pl-2 font-semibold tabular-nums">{series.texts[index]}</span>
        </p>
      ))}
    </div>
  );
}
