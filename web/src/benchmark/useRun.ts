import { useEffect, useRef, useState } from "react";
import { problemOf, problemOfStatus, type Problem } from "@/api/problem";
import { useApp } from "@/app/context";
import type { EvaluationProgress } from "@/gen/infinure/ml_gateway/v1/evaluation_service_pb";

interface State {
  running: boolean;
  progress: EvaluationProgress | undefined;
  problem: Problem | undefined;
}

const IDLE: State = { running: false, progress: undefined, problem: undefined };

/** Runs a source's questions and follows how far that has come. Leaving the page stops it, and nothing of it is kept then. */
export function useRun(sourceId: string, onCompleted: () => void) {
  const { evaluation } = useApp().clients;
  const [state, setState] = useState(IDLE);
  const aborter = useRef<AbortController>(undefined);
  useEffect(() => () => aborter.current?.abort(), []);

  async function start(withoutLearning: boolean): Promise<void> {
    aborter.current?.abort();
    const own = new AbortController();
    aborter.current = own;
    setState({ ...IDLE, running: true });
    let [completed, problem] = [false, undefined as Problem | undefined];
    try {
      for await (const { event } of evaluation.runEvaluation({ sourceId, withoutLearning }, { signal: own.signal })) {
        if (event.case === "progress") setState({ ...IDLE, running: true, progress: event.value });
        if (event.case === "completed") completed = true;
        if (event.case === "failed") problem = problemOfStatus(event.value);
      }
    } catch (thrown) {
      problem ??= problemOf(thrown);
    }
    if (aborter.current !== own) return;
    if (own.signal.aborted) setState(IDLE);
    else setState({ ...IDLE, problem: completed ? undefined : problem });
    if (completed) onCompleted();
  }

  return { ...state, start, stop: () => aborter.current?.abort() };
}
