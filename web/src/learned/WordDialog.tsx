import { useState } from "react";
import { useApp } from "@/app/context";
import { useCatalog } from "@/chat/queries";
import { SynonymKind, type Synonym } from "@/gen/infinure/ml_gateway/v1/learning_pb";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { Skeleton } from "@/ui/Spinner";
import { PickedSource, usePickedSource } from "./PickedSource";
import { draftOf, targetOf, type Draft } from "./target";
import { TargetFields } from "./TargetFields";
import { TeachingDialog } from "./TeachingDialog";

interface Props {
  /** Empty where the reader has still to choose. */
  sourceId: string;
  /** Absent for a new one. */
  word?: Synonym;
  onClose: () => void;
}

const MOST_CHARACTERS = 200;

/** Teaches a word, or changes what it is and means. */
export function WordDialog({ sourceId: given, word, onClose }: Props) {
  const { learning } = useApp().clients;
  const { sources, sourceId, pick } = usePickedSource(given);
  const catalog = useCatalog(sourceId === "" ? undefined : sourceId).data;
  const [words, setWords] = useState(word?.words ?? "");
  const [edited, setEdited] = useState<Draft>();
  // A choice among readings can be renamed, or replaced by something that can be named.
  const [keepsChoice, setKeepsChoice] = useState(word?.target?.kind === SynonymKind.CHOICE);
  const draft = edited ?? (catalog ? draftOf(word?.target, catalog) : undefined);
  const target = catalog && draft ? targetOf(draft, catalog) : undefined;
  const complete = words.trim() !== "" && (keepsChoice || target !== undefined);
  const save = async () => {
    const means = keepsChoice || target === undefined ? {} : { target };
    if (word) await learning.updateSynonym({ synonymId: word.id, words, ...means });
    else await learning.createSynonym({ sourceId, words, ...means });
  };
  const pickSource = (id: string) => {
    pick(id);
    setEdited(undefined);
  };
  return (
    <TeachingDialog
      title={word ? `“${word.words}”` : "Teach a word"}
      action={word ? "Save" : "Teach"}
      testId="save-word"
      complete={complete}
      save={save}
      saved={word ? "The word was changed." : `“${words.trim()}” was learned.`}
      onClose={onClose}
      className="grid gap-4 sm:grid-cols-2"
    >
      <Field label="When people say" hint="Their words, as they say them: “turnover”, “the north”.">
        {(control) => <Input {...control} autoFocus maxLength={MOST_CHARACTERS} value={words} onChange={(event) => setWords(event.target.value.replaceAll("\0", ""))} data-testid="word-words" />}
      </Field>
      {word === undefined && sources.length > 1 ? (
        <PickedSource label="When they ask about" sources={sources} sourceId={sourceId} onPick={pickSource} testId="word-source" />
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
    </TeachingDialog>
  );
}
