import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { expect, it } from "vitest";
import { extentOf } from "@/chart/extent";
import { EvaluationRunSchema } from "@/gen/infinure/ml_gateway/v1/benchmark_pb";
import { accuracyShape, runText } from "./outcomes";

const run = (day: number, accuracy: number) => create(EvaluationRunSchema, { startTime: timestampFromMs(Date.UTC(2026, 2, day, 12)), accuracy, learnedVersion: "5f" });

it("accuracy runs from the oldest run to the newest, two of the same minute apart", () => {
  const shape = accuracyShape([run(3, 1), run(2, 0.5), { ...run(2, 0.25), learnedVersion: "" }]);
  expect(shape.series[0]?.values).toEqual([0.25, 0.5, 1]);
  expect(shape.series[0]?.texts).toEqual(["25% (nothing learned used)", "50%", "100%"]);
  expect(shape.places).toHaveLength(3);
  expect(extentOf(accuracyShape([run(3, 0.25)]))).toEqual([0, 1]);
});

it("a run is told by what came of its questions", () => {
  expect(runText(create(EvaluationRunSchema, { correctCount: 7, wrongCount: 1, unansweredCount: 2, notComparedCount: 1 }))).toBe("7 of 10 right, 1 wrong, 2 not answered, 1 not compared");
  expect(runText(create(EvaluationRunSchema, { correctCount: 3 }))).toBe("3 of 3 right");
});
