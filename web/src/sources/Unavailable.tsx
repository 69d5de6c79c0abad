import { Code } from "@connectrpc/connect";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { Page } from "./Page";

/** In the place of a source that can't be shown, or of a page that is about it. */
export function Unavailable({ thrown, onRetry }: { thrown: unknown; onRetry: () => void }) {
  const problem = problemOf(thrown);
  const gone = problem.code === Code.NotFound || problem.code === Code.InvalidArgument;
  return (
    <Page title={gone ? "No such data source" : "This could not be loaded"} back>
      <Notice tone={gone ? "neutral" : "danger"} action={!gone && <Button size="small" onClick={onRetry}>Try again</Button>}>
        {gone ? "It doesn’t exist, was removed, or isn’t yours to see." : problemText(problem)}
      </Notice>
    </Page>
  );
}
