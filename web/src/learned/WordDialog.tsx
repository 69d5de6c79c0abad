import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useApp } from "@/app/context";
import { useCatalog, useSources } from "@/chat/queries";
import { SynonymKind, type Synonym } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { SourceState } from "@/gen/infinure/integration/v1/source_pb";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { Input, Select } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Spinner";
import { useToasts } from "@/ui/toasts";
import { teachingProblem } from "./problem";
import { useLearnedChanged } from "./queries";
import { draftOf, targetOf, type Draft } from "./target";
import { TargetFields } from "./TargetFields";

interface Props {
  /** Empty where the reader has still to choose. */
  sourceId: string;
  /** Absent for a new one. */
  word?: Synonym;
  onClose: () => void;
}

const FORM = "word";
const MOST_CHARACTERS = 200;

/** Teaches a word, or changes what it is and means. */
export function WordDialog({ sourceId: given, word, onClose }: Props) {
  const { learning } = useApp().clients;
  const sources = (useSources().data ?? []).filter((one) => one.state === SourceState.READY);
  const [picked, setPicked] = useState(given);
  const sourceId = picked || (sources.length === 1 ? (sources[0]?.id ?? "") : "");
  const catalog = useCatalog(sourceId === "" ? undefined : sourceId).data;
  const [words, setWords] = useState(word?.words ?? "");
  const [edited, setEdited] = useState<Draft>();
  // A choice among readings can be renamed, or replaced by something that can be named.
  const [keepsChoice, setKeepsChoice] = useState(word?.target?.kind === SynonymKind.CHOICE);
  const changed = useLearnedChanged();
  const show = useToasts((toasts) => toasts.show);
  const draft = edited ?? (catalog ? draftOf(word?.target, catalog) : undefined);
  const target = catalog && draft ? targetOf(draft, catalog) : undefined;
  const complete = words.trim() !== "" && (keepsChoice || target !== undefined);
  const save = useMutation({
    mutationFn: async () => {
      const means = keepsChoice || target === undefined ? {} : { target };
      if (word) await learning.updateSynonym({ synonymId: word.id, words, ...means });
      else await learning.createSynonym({ sourceId, words, ...means });
    },
    onSuccess: async () => {
      show(word ? "The word was changed." : `“${words.trim()}” was learned.`);
      onClose();
      await changed();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (complete && !save.isPending) save.mutate();
  };
  return (
    <WideDialog
      open
      onClose={() => !save.isPending && onClose()}
      title={word ? `“${word.words}”` : "Teach a word"}
      foot={
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form={FORM} look="primary" busy={save.isPending} disabled={!complete} data-testid="save-word">
            {word ? "Save" : "Teach"}
          </Button>
        </div>
      }
    >
      <form id={FORM} onSubmit={submit} className="grid gap-4 sm:grid-cols-2" noValidate>
        {save.isError && (
          <div className="sm:col-span-2">
            <Notice alert>{teachingProblem(save.error)}</Notice>
          </div>
        )}
        <Field label="When people say" hint="Their words, as they say them: “turnover”, “the north”.">
          {(control) => <Input {...control} autoFocus maxLength={MOST_CHARACTERS} value={words} onChange={(event) => setWords(event.target.value.replaceAll("\0", ""))} data-testid="word-words" />}
        </Field>
        {word === undefined && sources.length > 1 ? (
          <Field label="When they ask about">
            {(control) => (
              <Select
                {...control}
                value={sourceId}
                onChange={(event) => {
                  setPicked(event.target.value);
                  setEdited(undefined);
                }}
                data-testid="word-source"
              >
                <option value="">Choose a source</option>
                {sources.map((one) => (
                  <option key={one.id} value={one.id}>
                    {one.name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ) : (
          <span className="hidden sm:block" />
        )}
        {keepsChoice ? (
          <div className="grid gap-2 text-sm sm:col-span-2">
            <p>
              They mean the reading <span className="font-medium">{word?.meaning}</span>, as chosen when asked back.
            </p>
            <Button size="small" className="justify-self-start" onClick={() => setKeepsChoice(false)}>
              Say something else that they mean
            </Button>
          </div>
        ) : catalog && draft ? (
          <TargetFields catalog={catalog} draft={draft} onChange={setEdited} />
        ) : (
          sourceId !== "" && <Skeleton className="h-16 rounded-lg sm:col-span-2" />
        )}
      </form>
    </WideDialog>
  );
}
