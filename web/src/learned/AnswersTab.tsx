import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { Sql } from "@/chat/Sql";
import type { VerifiedAnswer } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { PlusIcon, SealIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";
import { ConfirmDelete } from "./Confirm";
import { Empty, PagedList } from "./List";
import { useNames } from "./members";
import { useLearnedChanged, useVerifiedAnswers } from "./queries";
import { FULL_WEIGHT, dayText, isWithheld, restoreText, standingOf, usageText } from "./told";
import { VerifiedDialog } from "./VerifiedDialog";

interface Props {
  sourceId: string;
  sought: string;
  nameOfSource: (sourceId: string) => string;
}

type Open = { kind: "add" } | { kind: "edit" | "delete"; answer: VerifiedAnswer };

/** Questions with the queries that people vouch for. */
export function AnswersTab({ sourceId, sought, nameOfSource }: Props) {
  const [open, setOpen] = useState<Open>();
  const pages = useVerifiedAnswers(sourceId, sought !== "");
  const answers = pages.data?.pages.flatMap((page) => page.verifiedAnswers) ?? [];
  const nameOf = useNames(answers.map(({ userId }) => userId));
  const { learning } = useApp().clients;
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const close = () => setOpen(undefined);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-48 flex-1 text-sm text-ink-soft">The same question, in other words too, is answered by the verified query, with each asker’s own rights.</p>
        <Button size="small" onClick={() => setOpen({ kind: "add" })} data-testid="add-answer">
          <PlusIcon className="size-4" /> Add an answer
        </Button>
      </div>
      <PagedList
        label="Verified answers"
        pages={pages}
        entries={answers}
        idOf={({ id }) => id}
        sought={sought}
        empty={
          <Empty title="No answers were verified yet">
            Below an answer that is right, choose “Mark as verified”. Where the answer isn’t right, write the question and its query here.
          </Empty>
        }
      >
        {(answer) => (
          <AnswerEntry
            answer={answer}
            source={nameOfSource(answer.sourceId)}
            name={nameOf(answer.userId)}
            onEdit={() => setOpen({ kind: "edit", answer })}
            onDelete={() => setOpen({ kind: "delete", answer })}
          />
        )}
      </PagedList>
      {open?.kind === "add" && <VerifiedDialog sourceId={sourceId} onClose={close} />}
      {open?.kind === "edit" && <VerifiedDialog sourceId={open.answer.sourceId} answer={open.answer} onClose={close} />}
      {open?.kind === "delete" && (
        <ConfirmDelete
          title="Delete this verified answer?"
          action={() => learning.deleteVerifiedAnswer({ verifiedAnswerId: open.answer.id })}
          onDone={async () => {
            close();
            show("The verified answer was deleted.");
            await changed();
          }}
          onClose={close}
        >
          {open.answer.question === "" ? "" : `“${open.answer.question}” `}From now on the question is read anew each time it is asked.
        </ConfirmDelete>
      )}
    </div>
  );
}

interface EntryProps {
  answer: VerifiedAnswer;
  source: string;
  name: string;
  onEdit: () => void;
  onDelete: () => void;
}

function AnswerEntry({ answer, source, name, onEdit, onDelete }: EntryProps) {
  const standing = standingOf(answer);
  const withheld = isWithheld(answer);
  return (
    <div className="grid min-w-0 gap-2">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-52 flex-1">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <SealIcon className="size-4.5 shrink-0 text-success" />
            <span className={withheld ? "text-ink-faint" : "font-medium wrap-anywhere"}>{withheld ? "An answer about data that you may not see" : answer.question}</span>
            {answer.isCorrection && <Badge title="The query was written by a person">Own query</Badge>}
            {standing && <Badge tone={standing.tone}>{standing.label}</Badge>}
          </p>
          {answer.summary !== "" && <p className="mt-0.5 text-ink-soft wrap-anywhere">Read as {answer.summary.replace(/\.$/, "")}</p>}
          <p className="mt-0.5 text-ink-faint wrap-anywhere">
            {source} · verified by {name} on {dayText(answer.updateTime)} · {usageText(answer)}
          </p>
          {standing && <p className="mt-0.5 text-ink-soft">{standing.text}</p>}
        </div>
        <div className="-my-1 flex gap-1 max-sm:-ml-3 sm:-mr-2">
          {!answer.outdated && answer.weight < FULL_WEIGHT && <UseAgain answer={answer} />}
          {!withheld && (
            <Button size="small" look="quiet" onClick={onEdit} aria-label={`Edit ${answer.question}`}>
              Edit
            </Button>
          )}
          <Button size="small" look="quiet-danger" onClick={onDelete} aria-label={`Delete ${answer.question || "this answer"}`}>
            Delete
          </Button>
        </div>
      </div>
      {answer.sql !== "" && (
        <details>
          <summary className="w-fit rounded text-ink-faint hover:text-ink">SQL</summary>
          <div className="mt-1">
            <Sql text={answer.sql} />
          </div>
        </details>
      )}
    </div>
  );
}

function UseAgain({ answer }: { answer: VerifiedAnswer }) {
  const { learning } = useApp().clients;
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const restore = useMutation({
    mutationFn: () => learning.updateVerifiedAnswer({ verifiedAnswerId: answer.id, weight: FULL_WEIGHT }),
    onSuccess: changed,
    onError: (thrown) => show(problemText(problemOf(thrown)), "danger"),
  });
  return (
    <Button size="small" look="quiet" busy={restore.isPending} onClick={() => restore.mutate()} title="Forgets the thumbs">
      {restoreText(answer.weight)}
    </Button>
  );
}
