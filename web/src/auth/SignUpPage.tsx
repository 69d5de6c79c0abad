import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Navigate } from "react-router";
import * as z from "zod/mini";
import { problemOf, type Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, useSession } from "@/app/context";
import { useTitle } from "@/app/title";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { Input, PasswordInput, Select } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { EntryPage, LoginLink } from "./EntryPage";
import "@/ui/zod";

const required = (message: string, most: number) => z.string().check(z.trim(), z.minLength(1, message), z.maxLength(most, "That is too long."));

const schema = z.object({
  organizationName: required("Name your organization.", 255),
  industry: z.string(),
  firstName: required("Enter your first name.", 100),
  lastName: required("Enter your last name.", 100),
  email: z.string().check(z.trim(), z.email("Enter an e-mail address, like name@example.com."), z.maxLength(255, "That is too long.")),
  password: z.string().check(
    z.minLength(12, "Use at least 12 characters."),
    z.regex(/\p{Lu}/u, "Use at least one upper-case letter."),
    z.regex(/\p{Ll}/u, "Use at least one lower-case letter."),
    z.regex(/\d/, "Use at least one digit."),
    z.regex(/[^\p{L}\d\s]/u, "Use at least one symbol, such as ! or -."),
  ),
});
type Values = z.infer<typeof schema>;

const INDUSTRIES: [string, string][] = [
  ["saas", "Software as a service"],
  ["ecommerce", "E-commerce"],
  ["fintech", "Financial technology"],
  ["healthcare", "Healthcare"],
];
const FIELD_OF: Partial<Record<ErrorReason, keyof Values>> = {
  [ErrorReason.EMAIL_TAKEN]: "email",
  [ErrorReason.SLUG_TAKEN]: "organizationName",
  [ErrorReason.PASSWORD_TOO_WEAK]: "password",
  [ErrorReason.INDUSTRY_UNKNOWN]: "industry",
};

export default function SignUpPage() {
  useTitle("Sign up");
  const { session } = useApp();
  const { status } = useSession();
  const [failure, setFailure] = useState<Problem>();
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: { industry: "saas" } });
  const { register, handleSubmit, setError } = form;
  const { errors, isSubmitting } = form.formState;
  if (status === "signed-in") return <Navigate to="/sources" replace />;

  const submit = handleSubmit(async (values) => {
    setFailure(undefined);
    try {
      await session.signUp(values);
    } catch (thrown) {
      const problem = problemOf(thrown);
      const field = FIELD_OF[problem.reason];
      if (field === undefined) setFailure(problem);
      else setError(field, { message: problemText(problem) }, { shouldFocus: true });
    }
  });

  return (
    <EntryPage
      title="Sign up your organization"
      subtitle="You will lead it, and can connect its databases."
      footer={
        <>
          Have an account? <LoginLink />
        </>
      }
    >
      <form className="grid gap-4" onSubmit={submit} noValidate>
        {failure !== undefined && <Notice alert>{problemText(failure)}</Notice>}
        <Field label="Organization" id="organization" error={errors.organizationName?.message}>
          {(control) => <Input {...control} {...register("organizationName")} autoComplete="organization" />}
        </Field>
        <Field label="Industry" error={errors.industry?.message}>
          {(control) => (
            <Select {...control} {...register("industry")}>
              {INDUSTRIES.map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="First name" error={errors.firstName?.message}>
            {(control) => <Input {...control} {...register("firstName")} autoComplete="given-name" />}
          </Field>
          <Field label="Last name" error={errors.lastName?.message}>
            {(control) => <Input {...control} {...register("lastName")} autoComplete="family-name" />}
          </Field>
        </div>
        <Field label="E-mail" id="email" error={errors.email?.message}>
          {(control) => <Input {...control} {...register("email")} type="email" autoComplete="username" />}
        </Field>
        <Field label="Password" id="password" error={errors.password?.message} hint="At least 12 characters, with upper and lower case, a digit and a symbol.">
          {(control) => <PasswordInput {...control} {...register("password")} autoComplete="new-password" maxLength={1024} />}
        </Field>
        <Button type="submit" look="primary" busy={isSubmitting} className="mt-2">
          Sign up
        </Button>
      </form>
    </EntryPage>
  );
}
