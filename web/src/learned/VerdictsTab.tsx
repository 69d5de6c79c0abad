import { useState } from "react";
import { Link } from "react-router";
import { Verdict, type Feedback } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Select } from "@/ui/Input";
import { ThumbDownIcon, ThumbUpIcon } from "@/ui/icons";
import { Empty, PagedList } from "./List";
import { useNames } from "./members";
import { useVerdicts } from "./queries";
import { dayText } from "./told";

/** What people thought of answers, and why. */
export function VerdictsTab() {
  const [verdict, setVerdict] = useState(Verdict.UNSPECIFIED);
  const pages = useVerdicts(verdict);
  const verdicts = pages.data?.pages.flatMap((page) => page.feedback) ?? [];
  const nameOf = useNames(verdicts.map(({ userId }) => userId));
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-48 flex-1 text-sm text-ink-soft">A thumb on an answer moves the weight of the words and the verified answer that it used.</p>
        <Select className="h-8! w-auto! text-sm" aria-label="Which thumbs" value={verdict} onChange={(event) => setVerdict(Number(event.target.value))}>
          <option value={Verdict.UNSPECIFIED}>All thumbs</option>
          <option value={Verdict.DOWN}>Thumbs down</option>
          <option value={Verdict.UP}>Thumbs up</option>
        </Select>
      </div>
      <PagedList
        label="Thumbs"
        pages={pages}
        entries={verdicts}
        idOf={({ answerId, userId }) => `${answerId} ${userId}`}
        sought=""
        empty={<Empty title="Nobody has judged an answer yet">Below each answer there is a thumb up and a thumb down; a thumb down can say why.</Empty>}
      >
        {(one) => <VerdictEntry verdict={one} name={nameOf(one.userId)} />}
      </PagedList>
    </div>
  );
}

function VerdictEntry({ verdict, name }: { verdict: Feedback; name: string }) {
  const isUp = verdict.verdict === Verdict.UP;
  return (
    <div className="flex items-start gap-3">
      {isUp ? <ThumbUpIcon className="mt-0.5 size-4.5 shrink-0 text-success" /> : <ThumbDownIcon className="mt-0.5 size-4.5 shrink-0 text-danger" />}
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere">
          <span className="sr-only">{isUp ? "Thumb up: " : "Thumb down: "}</span>
          {verdict.reason === "" ? <span className="text-ink-faint">No reason given</span> : `“${verdict.reason}”`}
        </p>
        <p className="mt-0.5 text-ink-faint">
          by {name} on {dayText(verdict.updateTime)}
          {verdict.verifiedAnswerId !== "" && (
            <>
              {" "}
              · on a{" "}
              <Link className="underline underline-offset-3 hover:text-ink" to={`/learned?tab=answers&id=${verdict.verifiedAnswerId}`}>
                verified answer
              </Link>
            </>
          )}
          {verdict.synonymIds.map((id, index) => (
            <span key={id}>
              {" "}
              · on a{" "}
              <Link className="underline underline-offset-3 hover:text-ink" to={`/learned?id=${id}`}>
                learned word{verdict.synonymIds.length > 1 ? ` (${index + 1})` : ""}
              </Link>
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
