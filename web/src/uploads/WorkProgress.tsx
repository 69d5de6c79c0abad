import type { Progress } from "@/gen/infinure/integration/v1/upload_pb";
import { ProgressBar } from "@/ui/ProgressBar";
import { fractionOf, progressText } from "./item-text";

/** How far a piece of work has come; its stages are read out, its numbers are not. */
export function WorkProgress({ label, progress }: { label: string; progress: Progress | undefined }) {
  return (
    <div className="grid min-w-0 gap-1.5" data-testid="work-progress">
      <p className="text-sm text-ink-soft tabular-nums">{progressText(progress, label)}</p>
      <ProgressBar label={label} fraction={fractionOf(progress)} />
      <p className="sr-only" role="status">
        {progress?.stage || label}
      </p>
    </div>
  );
}
