import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { problemOf, type Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { useTitle } from "@/app/title";
import type { GetInvitationResponse } from "@/gen/infinure/auth/v1/email_service_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button, ButtonLink } from "@/ui/Button";
import { Field } from "@/ui/Field";
import { PasswordInput } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { EntryPage, LoginLink } from "./EntryPage";
import { useLinkToken } from "./link";

/** Where the link of an invitation leads to. */
export default function AcceptInvitationPage() {
  useTitle("Invitation");
  const { emails } = useApp();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const invitation = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => emails.getInvitation({ token }),
    enabled: token !== "" && !done,
    retry: (count, error) => count < 2 && problemOf(error).reason !== ErrorReason.LINK_INVALID,
  });
  const name = invitation.data?.organizationName;
  return (
    <EntryPage title={name === undefined ? "Invitation" : `Join ${name}`} subtitle="To chat with its data." footer={<LoginLink />}>
      {done ? (
        <div role="status" className="grid gap-4">
          <p>Your account is ready.</p>
          <ButtonLink look="primary" to="/login">
            Log in
          </ButtonLink>
        </div>
      ) : token === "" ? (
        <p>Open this page by the link in the mail that invites you.</p>
      ) : invitation.isPending ? (
        <Waiting label="Loading" />
      ) : invitation.isError ? (
        <Notice alert>{invitationProblem(problemOf(invitation.error))}</Notice>
      ) : (
        <PasswordForm key={token} token={token} invitation={invitation.data} onDone={() => setDone(true)} />
      )}
    </EntryPage>
  );
}

function PasswordForm({ token, invitation, onDone }: { token: string; invitation: GetInvitationResponse; onDone: () => void }) {
  const { emails } = useApp();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      await emails.acceptInvitation({ token, newPassword: password });
      onDone();
    } catch (thrown) {
      setProblem(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  const weak = problem?.reason === ErrorReason.PASSWORD_TOO_WEAK ? problemText(problem) : undefined;
  return (
    <form className="grid gap-4" onSubmit={submit} noValidate>
      <p>
        Hello {invitation.firstName}, choose a password for <strong>{invitation.email}</strong>.
      </p>
      {problem !== undefined && weak === undefined && <Notice alert>{invitationProblem(problem)}</Notice>}
      {/* So that password managers keep both. */}
      <input type="email" className="hidden" autoComplete="username" value={invitation.email} readOnly tabIndex={-1} aria-hidden />
      <Field label="Password" id="password" error={weak} hint="Unless your organization says otherwise: at least 12 characters, with upper and lower case, a digit and a symbol.">
        {(control) => <PasswordInput {...control} value={password} onChange={(event) => setPassword(event.target.value)} autoComplete="new-password" maxLength={1024} />}
      </Field>
      <Button type="submit" look="primary" busy={busy} disabled={password === ""}>
        Join
      </Button>
    </form>
  );
}

function invitationProblem(problem: Problem): string {
  if (problem.reason === ErrorReason.LINK_INVALID) return "This invitation isn’t good any more: it was used or withdrawn, its time is over, or there is a newer one. Ask whoever invited you.";
  return problemText(problem);
}
