import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { Synonym } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Badge } from "@/ui/Badge";
import { Button } from "@/ui/Button";
import { PlusIcon } from "@/ui/icons";
import { useToasts } from "@/ui/toasts";
import { ConfirmDelete } from "./Confirm";
import { Empty, PagedList } from "./List";
import { useNames } from "./members";
import { useLearnedChanged, useWords } from "./queries";
import { FULL_WEIGHT, isWithheld, kindText, restoreText, standingOf, usageText, wordOrigin } from "./told";
import { WordDialog } from "./WordDialog";

interface Props {
  sourceId: string;
  sought: string;
  nameOfSource: (sourceId: string) => string;
}

type Open = { kind: "add" } | { kind: "edit" | "delete"; word: Synonym };

/** The organization's words, and what they were learned to mean. */
export function WordsTab({ sourceId, sought, nameOfSource }: Props) {
  const [open, setOpen] = useState<Open>();
  const pages = useWords(sourceId, sought !== "");
  const words = pages.data?.pages.flatMap((page) => page.synonyms) ?? [];
  const nameOf = useNames(words.map(({ userId }) => userId));
  const { learning } = useApp().clients;
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const close = () => setOpen(undefined);
  const add = (
    <Button size="small" onClick={() => setOpen({ kind: "add" })} data-testid="add-word">
      <PlusIcon className="size-4" /> Teach a word
    </Button>
  );
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-48 flex-1 text-sm text-ink-soft">Words of your organization, and what they mean in its data. Everybody’s questions are read by them.</p>
        {add}
      </div>
      <PagedList
        label="Learned words"
        pages={pages}
        entries={words}
        idOf={({ id }) => id}
        sought={sought}
        empty={
          <Empty title="No words were learned yet">
            When a question is unclear, the asker is asked back; what they choose is kept here and not asked again. You can also teach a word yourself.
          </Empty>
        }
      >
        {(word) => (
          <WordEntry word={word} source={nameOfSource(word.sourceId)} name={nameOf(word.userId)} onEdit={() => setOpen({ kind: "edit", word })} onDelete={() => setOpen({ kind: "delete", word })} />
        )}
      </PagedList>
      {open?.kind === "add" && <WordDialog sourceId={sourceId} onClose={close} />}
      {open?.kind === "edit" && <WordDialog sourceId={open.word.sourceId} word={open.word} onClose={close} />}
      {open?.kind === "delete" && (
        <ConfirmDelete
          title={open.word.words === "" ? "Delete this word?" : `Forget “${open.word.words}”?`}
          action={() => learning.deleteSynonym({ synonymId: open.word.id })}
          onDone={async () => {
            close();
            show("The word was forgotten.");
            await changed();
          }}
          onClose={close}
        >
          The next question with it is read as if it had never been learned; where it is unclear, the asker is asked back again.
        </ConfirmDelete>
      )}
    </div>
  );
}

interface EntryProps {
  word: Synonym;
  source: string;
  name: string;
  onEdit: () => void;
  onDelete: () => void;
}

function WordEntry({ word, source, name, onEdit, onDelete }: EntryProps) {
  const standing = standingOf(word);
  const withheld = isWithheld(word);
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-52 flex-1">
        <p className="wrap-anywhere">
          {withheld ? (
            <span className="text-ink-faint">A word about data that you may not see</span>
          ) : (
            <>
              <span className="font-medium">“{word.words}”</span> <span className="text-ink-faint">means</span> {word.meaning}
            </>
          )}{" "}
          <Badge>{kindText(word.target?.kind)}</Badge> {standing && <Badge tone={standing.tone}>{standing.label}</Badge>}
        </p>
        <p className="mt-0.5 text-ink-faint wrap-anywhere">
          {source} · {wordOrigin(word, name)} · {usageText(word)}
        </p>
        {standing && <p className="mt-0.5 text-ink-soft">{standing.text}</p>}
      </div>
      <div className="-my-1 flex gap-1 max-sm:-ml-3 sm:-mr-2">
        {!word.outdated && word.weight < FULL_WEIGHT && <UseAgain word={word} />}
        {!withheld && (
          <Button size="small" look="quiet" onClick={onEdit} aria-label={`Edit ${word.words}`}>
            Edit
          </Button>
        )}
        <Button size="small" look="quiet-danger" onClick={onDelete} aria-label={`Delete ${word.words || "this word"}`}>
          Delete
        </Button>
      </div>
    </div>
  );
}

function UseAgain({ word }: { word: Synonym }) {
  const { learning } = useApp().clients;
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const restore = useMutation({
    mutationFn: () => learning.updateSynonym({ synonymId: word.id, weight: FULL_WEIGHT }),
    onSuccess: changed,
    onError: (thrown) => show(problemText(problemOf(thrown)), "danger"),
  });
  return (
    <Button size="small" look="quiet" busy={restore.isPending} onClick={() => restore.mutate()} title="Forgets the thumbs">
      {restoreText(word.weight)}
    </Button>
  );
}
