import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Link } from "react-router";
import * as z from "zod/mini";
import { problemOf, type Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { useTitle } from "@/app/title";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button, ButtonLink } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { EntryPage, LINK_CLASSES, LoginLink } from "./EntryPage";
import { useLinkToken } from "./link";
import "@/ui/zod";

// What else it must be is the organization's policy, which the server knows.
const schema = z.object({ password: z.string().check(z.minLength(1, "Enter a new password.")) });

export default function ResetPasswordPage() {
  useTitle("New password");
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  return (
    <EntryPage title="Set a new password" subtitle="You are then logged out everywhere." footer={<LoginLink />}>
      {done ? (
        <div role="status" className="grid gap-4">
          <p>Your password is set.</p>
          <ButtonLink look="primary" to="/login">
            Log in with it
          </ButtonLink>
        </div>
      ) : token === "" ? (
        <p>
          Open this page by the link in our mail. If you have none, <AskForLink />.
        </p>
      ) : (
        <ResetForm key={token} token={token} onDone={() => setDone(true)} />
      )}
    </EntryPage>
  );
}

function ResetForm({ token, onDone }: { token: string; onDone: () => void }) {
  const { emails, session } = useApp();
  const [failure, setFailure] = useState<Problem>();
  const { register, handleSubmit, formState, setError } = useForm({ resolver: zodResolver(schema), defaultValues: { password: "" } });
  useEffect(() => document.getElementById("password")?.focus(), []);

  const submit = handleSubmit(async ({ password }) => {
    setFailure(undefined);
    try {
      await emails.resetPassword({ token, newPassword: password });
      // Whoever was logged in here is so no longer.
      await session.resume();
      onDone();
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.reason === ErrorReason.PASSWORD_TOO_WEAK) setError("password", { message: problemText(problem) }, { shouldFocus: true });
      else setFailure(problem);
    }
  });

  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      {failure !== undefined && (
        <Notice alert>
          {problemText(failure)} {failure.reason === ErrorReason.LINK_INVALID && <AskForLink />}
        </Notice>
      )}
      <Field label="New password" id="password" error={formState.errors.password?.message} hint="Unless your organization says otherwise: at least 12 characters, with upper and lower case, a digit and a symbol.">
        {(control) => <PasswordInput {...control} {...register("password")} autoComplete="new-password" maxLength={1024} />}
      </Field>
      <Button type="submit" look="primary" busy={formState.isSubmitting} className="mt-2">
        Set password
      </Button>
    </form>
  );
}

function AskForLink() {
  return (
    <Link to="/forgot-password" className={LINK_CLASSES}>
      ask for a new link
    </Link>
  );
}
