import { zodResolver } from "@hookform/resolvers/zod";
import { useState, type ReactNode } from "react";
import { useForm } from "react-hook-form";
import * as z from "zod/mini";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import "@/ui/zod";

const schema = z.object({
  email: z.string().check(z.trim(), z.email("Enter an e-mail address, like name@example.com."), z.maxLength(255, "That is too long.")),
});

interface Props {
  submitLabel: string;
  ask: (email: string) => Promise<unknown>;
  /** What stands in the form's place when it was sent. */
  asked: (email: string) => ReactNode;
}

/** Asks for a mail to an address. What comes of it is the same whether there is an account or not. */
export function EmailForm({ submitLabel, ask, asked }: Props) {
  const [sentTo, setSentTo] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const { register, handleSubmit, formState, setFocus } = useForm({ resolver: zodResolver(schema), defaultValues: { email: "" } });
  if (sentTo !== undefined) return <div role="status">{asked(sentTo)}</div>;

  const submit = handleSubmit(async ({ email }) => {
    setFailure(undefined);
    try {
      await ask(email);
      setSentTo(email);
    } catch (thrown) {
      setFailure(problemText(problemOf(thrown)));
      setFocus("email");
    }
  });

  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      {failure !== undefined && <Notice alert>{failure}</Notice>}
      <Field label="E-mail" id="email" error={formState.errors.email?.message}>
        {(control) => <Input {...control} {...register("email")} type="email" autoComplete="username" inputMode="email" />}
      </Field>
      <Button type="submit" look="primary" busy={formState.isSubmitting} className="mt-2">
        {submitLabel}
      </Button>
    </form>
  );
}
