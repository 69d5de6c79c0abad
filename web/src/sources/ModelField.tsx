import { useRef, type ChangeEvent } from "react";
import type { UseFormReturn } from "react-hook-form";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { TextArea } from "@/ui/Input";
import type { Values } from "./form";

/** What the data means, typed or from a file. */
export function ModelField({ form }: { form: UseFormReturn<Values> }) {
  const picker = useRef<HTMLInputElement>(null);
  const { errors } = form.formState;
  const load = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = "";
    if (file) form.setValue("semanticModel", await file.text(), { shouldValidate: true });
  };
  return (
    <div className="grid gap-2">
      <Field
        label="Semantic model"
        optional
        error={errors.semanticModel?.message}
        hint="What the data means, as YAML: names for tables and columns, metrics, first questions. It can wait."
      >
        {(control) => (
          <TextArea {...control} {...form.register("semanticModel")} rows={8} className="font-mono text-[0.8125rem]" spellCheck={false} autoCapitalize="off" />
        )}
      </Field>
      <div>
        <input ref={picker} type="file" accept=".yaml,.yml,text/yaml" className="hidden" onChange={load} tabIndex={-1} aria-label="Semantic model file" />
        <Button size="small" onClick={() => picker.current?.click()}>
          Choose a file
        </Button>
      </div>
    </div>
  );
}
