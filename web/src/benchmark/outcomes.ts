import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { Shape } from "@/chart/shape";
import { formatNumber } from "@/chat/format";
import { BenchmarkOutcome, type EvaluationRun } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { NumberFormatSchema, NumberStyle } from "@/gen/infinure/ml_gateway/v1/result_pb";
import { create } from "@bufbuild/protobuf";
import type { Tone } from "@/ui/Badge";

const PERCENT = create(NumberFormatSchema, { style: NumberStyle.PERCENT, fractionDigits: 0 });

const OUTCOMES: Record<BenchmarkOutcome, [label: string, tone: Tone]> = {
  [BenchmarkOutcome.UNSPECIFIED]: ["Unknown", "neutral"],
  [BenchmarkOutcome.CORRECT]: ["Right", "success"],
  [BenchmarkOutcome.WRONG]: ["Wrong", "danger"],
  [BenchmarkOutcome.CLARIFIED]: ["Asked back", "warning"],
  [BenchmarkOutcome.REFUSED]: ["Refused", "warning"],
  [BenchmarkOutcome.FAILED]: ["Broke off", "danger"],
  [BenchmarkOutcome.NOT_COMPARED]: ["Not compared", "neutral"],
};

export function outcomeText(outcome: BenchmarkOutcome): [label: string, tone: Tone] {
  return (OUTCOMES as Partial<Record<number, [string, Tone]>>)[outcome] ?? OUTCOMES[BenchmarkOutcome.UNSPECIFIED];
}

/** A run's figures in a sentence. */
export function runText(run: EvaluationRun): string {
  const parts = [
    `${run.correctCount} of ${run.correctCount + run.wrongCount + run.unansweredCount} right`,
    run.wrongCount > 0 ? `${run.wrongCount} wrong` : "",
    run.unansweredCount > 0 ? `${run.unansweredCount} not answered` : "",
    run.notComparedCount > 0 ? `${run.notComparedCount} not compared` : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

export function percentText(share: number): string {
  return formatNumber(share, PERCENT);
}

/** The engine and what was learned as a run had them. */
export function versionsText(run: EvaluationRun): string {
  const engine = run.engineVersion === "" ? "" : `engine ${run.engineVersion}`;
  const learned = run.learnedVersion === "" ? "no learned words used" : `learned words ${run.learnedVersion.slice(0, 8)}`;
  return [engine, learned].filter((part) => part !== "").join(", ");
}

export function runTime(run: EvaluationRun): string {
  return run.startTime ? timestampDate(run.startTime).toLocaleString("en-US", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }) : "";
}

/** Accuracy over time, from runs as they are listed: the newest first. */
export function accuracyShape(newestFirst: EvaluationRun[]): Shape {
  const runs = newestFirst.toReversed();
  const values = runs.map(({ accuracy }) => accuracy);
  return {
    form: "line",
    title: "Accuracy over time",
    places: runs.map((run) => runTime(run)),
    moments: undefined,
    series: [{ name: "Accuracy", values, texts: runs.map((run) => `${percentText(run.accuracy)}${run.learnedVersion === "" ? " (nothing learned used)" : ""}`) }],
    format: PERCENT,
    reach: 1,
    omissions: [],
  };
}
