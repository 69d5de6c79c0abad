import { Code } from "@connectrpc/connect";
import type { Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Sentence } from "@/app/Sentence";
import { Button, ButtonLink } from "@/ui/Button";

/** In place of a conversation that can't be shown. */
export function Missing({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const gone = problem.code === Code.NotFound || problem.code === Code.InvalidArgument;
  if (gone) {
    return (
      <Sentence framed title="No such conversation" action={<ButtonLink look="primary" to="/chat">Begin a new one</ButtonLink>}>
        It doesn’t exist, was deleted, or isn’t yours.
      </Sentence>
    );
  }
  return (
    <Sentence framed title="This could not be loaded" action={<Button look="primary" onClick={onRetry}>Try again</Button>}>
      {problemText(problem)}
    </Sentence>
  );
}
