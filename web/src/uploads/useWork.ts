import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf, type Problem } from "@/api/problem";
import type { Progress } from "@/gen/infinure/integration/v1/upload_pb";

/** A longer piece of work that somebody waits for. */
export interface Work {
  running: boolean;
  progress: Progress | undefined;
  problem: Problem | undefined;
  /** Resolves with undefined when it failed or was stopped. */
  run: <T>(task: (onProgress: (progress: Progress | undefined) => void, signal: AbortSignal) => Promise<T>) => Promise<T | undefined>;
  stop: () => void;
  forgive: () => void;
}

/** Runs one piece of work at a time; leaving the page ends it. */
export function useWork(): Work {
  const [state, setState] = useState<Pick<Work, "running" | "progress" | "problem">>({ running: false, progress: undefined, problem: undefined });
  const aborter = useRef<AbortController>(undefined);
  useEffect(() => () => aborter.current?.abort(), []);

  const run: Work["run"] = useCallback(async (task) => {
    const own = new AbortController();
    aborter.current?.abort();
    aborter.current = own;
    setState({ running: true, progress: undefined, problem: undefined });
    try {
      const result = await task((progress) => setState({ running: true, progress, problem: undefined }), own.signal);
      setState({ running: false, progress: undefined, problem: undefined });
      return result;
    } catch (thrown) {
      setState({ running: false, progress: undefined, problem: own.signal.aborted ? undefined : problemOf(thrown) });
      return undefined;
    }
  }, []);
  const stop = useCallback(() => aborter.current?.abort(), []);
  const forgive = useCallback(() => setState((state) => ({ ...state, problem: undefined })), []);
  return { ...state, run, stop, forgive };
}
