import { useWatch, type UseFormReturn } from "react-hook-form";
import { Field } from "@/ui/Field";
import { Input, PasswordInput, Select } from "@/ui/Input";
import { Radio } from "@/ui/Radio";
import { portFor, type Values } from "./form";
import { DATABASES, TLS_MODES, type DatabaseKind } from "./source-text";

const KINDS = Object.keys(DATABASES) as DatabaseKind[];

/** Everything that says how the database is reached. */
export function ConnectionFields({ form }: { form: UseFormReturn<Values> }) {
  const { register } = form;
  const { errors } = form.formState;
  const kind = useWatch({ control: form.control, name: "kind" });
  const choose = (chosen: DatabaseKind) => {
    form.setValue("kind", chosen);
    form.setValue("port", portFor(chosen, form.getValues("port")));
    form.clearErrors();
  };
  return (
    <div className="grid gap-4 sm:grid-cols-6">
      <div role="radiogroup" aria-label="Kind" className="flex flex-wrap gap-x-6 gap-y-1 sm:col-span-6">
        {KINDS.map((one) => (
          <Radio key={one} name="kind" checked={kind === one} onChoose={() => choose(one)}>
            {DATABASES[one].name}
          </Radio>
        ))}
      </div>
      <Field label="Name" className="sm:col-span-6" error={errors.name?.message} hint="What people here call it, for example “Shop”.">
        {(control) => <Input {...control} {...register("name")} maxLength={255} />}
      </Field>
      <Field label="Host" className="sm:col-span-4" error={errors.host?.message}>
        {(control) => <Input {...control} {...register("host")} placeholder="db.example.com" autoCapitalize="off" spellCheck={false} />}
      </Field>
      <Field label="Port" className="sm:col-span-2" error={errors.port?.message}>
        {(control) => <Input {...control} {...register("port")} inputMode="numeric" />}
      </Field>
      <Field label="Database" className="sm:col-span-6" error={errors.database?.message}>
        {(control) => <Input {...control} {...register("database")} autoCapitalize="off" spellCheck={false} />}
      </Field>
      <Field label="User" className="sm:col-span-3" error={errors.username?.message}>
        {(control) => <Input {...control} {...register("username")} autoCapitalize="off" spellCheck={false} autoComplete="off" />}
      </Field>
      <Field label="Password" className="sm:col-span-3" error={errors.password?.message} hint="Kept encrypted, and never shown again.">
        {(control) => <PasswordInput {...control} {...register("password")} autoComplete="new-password" />}
      </Field>
      <Field label="Encryption" className="sm:col-span-3" error={errors.tlsMode?.message}>
        {(control) => (
          <Select {...control} {...register("tlsMode")}>
            {TLS_MODES.map(([mode, label]) => (
              <option key={mode} value={mode}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind === "postgres" && (
      <Field label="Schemas" optional className="sm:col-span-3" error={errors.schemas?.message} hint="Separated by commas. Empty: all that the user may read.">
        {(control) => <Input {...control} {...register("schemas")} placeholder="public" autoCapitalize="off" spellCheck={false} />}
      </Field>
      )}
    </div>
  );
}
