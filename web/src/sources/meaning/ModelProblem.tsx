import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";

/** Why a change wasn't kept: each mistake where it stands, or that somebody else was faster. */
export function ModelProblem({ thrown, onReload }: { thrown: unknown; onReload: () => void }) {
  const problem = problemOf(thrown);
  const overtaken = problem.reason === ErrorReason.SEMANTIC_MODEL_CHANGED;
  return (
    <Notice alert action={overtaken && <Button size="small" onClick={onReload}>Show the newest</Button>}>
      <p>{problemText(problem)}</p>
      {problem.fields.length > 0 && (
        <ul className="mt-1 list-disc pl-5" data-testid="model-mistakes">
          {problem.fields.map(({ field, description }) => (
            <li key={`${field} ${description}`} className="wrap-anywhere">
              <code className="font-mono text-xs">{field.replace(/^(model|yaml)\.?/, "") || "all of it"}</code>: {description}
            </li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
