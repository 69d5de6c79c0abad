import { useMutation } from "@tanstack/react-query";
import { useRef, useState, type ChangeEvent } from "react";
import { useApp } from "@/app/context";
import { Button } from "@/ui/Button";
import { WideDialog } from "@/ui/Dialog";
import { Field } from "@/ui/Field";
import { TextArea } from "@/ui/Input";
import { saveFile } from "@/ui/save-file";
import { useToasts } from "@/ui/toasts";
import { ModelProblem } from "./ModelProblem";
import { useModelChanged } from "./useModel";

interface Props {
  sourceId: string;
  /** The current text. */
  yaml: string;
  version: bigint;
  fileName: string;
  onClose: () => void;
}

/** The whole model as text: looked at, downloaded, replaced. */
export function YamlDialog({ sourceId, yaml, version, fileName, onClose }: Props) {
  const { models } = useApp().clients;
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(yaml);
  const changed = useModelChanged(sourceId);
  const show = useToasts((toasts) => toasts.show);
  const keep = useMutation({
    mutationFn: () => models.importSemanticModel({ sourceId, yaml: text, expectedVersion: version }),
    onSuccess: async () => {
      await changed();
      show("What the data means was saved.");
      onClose();
    },
  });
  const load = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (file) setText(await file.text());
  };
  return (
    <WideDialog
      open
      onClose={() => !keep.isPending && onClose()}
      title="What the data means, as YAML"
      foot={
        <div className="flex flex-wrap justify-end gap-2">
          <input ref={picker} type="file" accept=".yaml,.yml,text/yaml" className="hidden" onChange={load} tabIndex={-1} aria-label="Semantic model file" />
          <Button className="mr-auto" onClick={() => picker.current?.click()}>
            Choose a file
          </Button>
          <Button onClick={() => saveFile(fileName, [yaml], "text/yaml")} data-testid="download-model">
            Download
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={keep.isPending} disabled={text.trim() === "" || text === yaml} onClick={() => keep.mutate()} data-testid="import-model">
            Save
          </Button>
        </div>
      }
    >
      <div className="grid gap-3">
        {keep.isError && <ModelProblem thrown={keep.error} onReload={() => void changed().then(onClose)} />}
        <Field label="YAML" hint="Names for tables and columns, metrics, keys, the organization’s words, first questions.">
          {(control) => (
            <TextArea {...control} autoFocus rows={20} className="font-mono text-[0.8125rem]" spellCheck={false} autoCapitalize="off" value={text} onChange={(event) => setText(event.target.value.replaceAll("\0", ""))} data-testid="model-yaml" />
          )}
        </Field>
      </div>
    </WideDialog>
  );
}
