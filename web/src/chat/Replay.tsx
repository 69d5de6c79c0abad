import { useMutation } from "@tanstack/react-query";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Receipt } from "@/gen/infinure/ml_gateway/v1/receipt_pb";
import { ReplayDifference, type ReplayReceiptResponse } from "@/gen/infinure/ml_gateway/v1/receipt_service_pb";
import { Button } from "@/ui/Button";
import { CheckIcon, RetryIcon, WarningIcon } from "@/ui/icons";
import { Sql } from "./Sql";

/** Reads the question again as it was read then, and says whether that gives the same query. Nothing is run. */
export function Replay({ receipt }: { receipt: Receipt }) {
  const { receipts } = useApp().clients;
  const replay = useMutation({ mutationFn: () => receipts.replayReceipt({ receipt }) });
  if (receipt.planFingerprint === "") return null;
  return (
    <div className="mt-3 grid min-w-0 gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button size="small" busy={replay.isPending} onClick={() => replay.mutate()} data-testid="replay">
          {!replay.isPending && <RetryIcon className="size-4" />} Replay
        </Button>
        <div role="status" className="min-w-40 flex-1" data-testid="replayed">
          {replay.isError && <span className="text-danger">{problemText(problemOf(replay.error))}</span>}
          {replay.data && <Said replayed={replay.data} />}
          {replay.isIdle && <span className="text-ink-faint">Reads the question again and compares the query. Nothing is run.</span>}
        </div>
      </div>
      {replay.data && !replay.data.identical && replay.data.sql !== "" && <Sql text={replay.data.sql} />}
    </div>
  );
}

function Said({ replayed }: { replayed: ReplayReceiptResponse }) {
  if (replayed.identical) {
    return (
      <span className="flex items-center gap-1.5 text-success">
        <CheckIcon className="size-4" /> The same query as on the receipt.
      </span>
    );
  }
  return (
    <span className="flex items-start gap-1.5 text-warning">
      <WarningIcon className="mt-0.5 size-4 shrink-0" />
      <span>
        {replayed.sql === "" ? "The question has no query today. " : "The question gives another query today. "}
        {DIFFERENCES[replayed.difference] ?? ""}
      </span>
    </span>
  );
}

const DIFFERENCES: Partial<Record<number, string>> = {
  [ReplayDifference.ENGINE]: "The engine has another version since.",
  [ReplayDifference.CATALOG]: "The source’s tables or columns have changed since, or you see another part of them.",
  [ReplayDifference.LEARNING]: "Your organization has taught or forgotten something since.",
  [ReplayDifference.RECEIPT]: "Engine, data and learned words are the same, so the receipt isn’t as it was made.",
};
