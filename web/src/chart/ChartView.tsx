import { useId, useState, type KeyboardEvent } from "react";
import type { Chart } from "@/gen/infinure/ml_gateway/v1/chart_pb";
import type { Rows } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { BarsPlot } from "./BarsPlot";
import { colour } from "./colours";
import { ColumnsPlot } from "./ColumnsPlot";
import { LinePlot } from "./LinePlot";
import { HEIGHT } from "./plot";
import { shapeChart, type Shape } from "./shape";
import { useWidth } from "./useWidth";

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A chart with its title and legend; pointer or arrow keys read its values. */
export default function ChartView({ chart, rows }: { chart: Chart; rows: Rows }) {
  const shape = shapeChart(chart, rows);
  return shape === undefined ? null : <ChartOfShape shape={shape} />;
}

/** A chart of what is shaped already. */
export function ChartOfShape({ shape, height = HEIGHT }: { shape: Shape; height?: number }) {
  const [active, setActive] = useState<number>();
  const { box, width } = useWidth();
  const caption = useId();
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (event.key === "Escape") setActive(undefined);
    if (step === undefined) return;
    event.preventDefault();
    const last = shape.places.length - 1;
    setActive(active === undefined ? (step > 0 ? 0 : last) : Math.min(Math.max(active + step, 0), last));
  };
  const Plot = shape.form === "line" ? LinePlot : shape.form === "columns" || shape.form === "stacked-columns" ? ColumnsPlot : BarsPlot;
  return (
    <figure className="min-w-0 rounded-xl border border-line bg-surface p-4 shadow-card" data-testid="chart" data-form={shape.form}>
      <figcaption className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1">
        <span id={caption} className="font-semibold">
          {shape.title}
        </span>
        {shape.series.length > 1 && <Legend shape={shape} />}
      </figcaption>
      {/* eslint-disable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions -- the arrow keys read values */}
      <div
        ref={box}
        role="group"
        aria-labelledby={caption}
        aria-roledescription="chart; arrow keys read its values"
        tabIndex={0}
        className="relative rounded-md"
        onKeyDown={move}
        onBlur={() => setActive(undefined)}
        onPointerLeave={() => setActive(undefined)}
      >
        {/* eslint-enable jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions */}
        {width > 0 && <Plot shape={shape} width={width} height={height} active={active} onActive={setActive} />}
      </div>
      <p className="sr-only" aria-live="polite">
        {active !== undefined && spoken(shape, active)}
      </p>
      {shape.omissions.map((omission) => (
        <p key={omission} className="mt-2 text-xs text-ink-faint">
          {omission}
        </p>
      ))}
    </figure>
  );
}

function Legend({ shape }: { shape: Shape }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft" aria-label="Series">
      {shape.series.map((series, index) => (
        <li key={series.name} className="flex items-center gap-1.5">
          <span className="size-2.5 rounded-sm" style={{ background: colour(index) }} />
          {series.name}
        </li>
      ))}
    </ul>
  );
}

function spoken(shape: Shape, index: number): string {
  const figures = shape.series.map((series) => (shape.series.length > 1 ? `${series.name} ${series.texts[index] ?? ""}` : (series.texts[index] ?? "")));
  return `${shape.places[index] ?? ""}: ${figures.join(", ")}`;
}
