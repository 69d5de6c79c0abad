import { useState, type ReactNode } from "react";
import { problemOf, type Problem } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, useSession } from "@/app/context";
import { useTitle } from "@/app/title";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { Button, ButtonLink } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { EmailForm } from "./EmailForm";
import { EntryPage, LoginLink } from "./EntryPage";
import { useLinkToken } from "./link";

export default function VerifyEmailPage() {
  useTitle("Confirm e-mail");
  const { emails } = useApp();
  const { status } = useSession();
  const token = useLinkToken();
  const [done, setDone] = useState(false);
  const another = (
    <EmailForm
      submitLabel="Mail me a new link"
      ask={(email) => emails.resendVerification({ email })}
      asked={(email) => (
        <>
          If <strong>{email}</strong> waits to be confirmed, a mail is on its way. Its link works once, within 24 hours.
        </>
      )}
    />
  );
  return (
    <EntryPage title="Confirm your e-mail address" subtitle="So that we know it is yours." footer={status === "signed-in" ? null : <LoginLink />}>
      {done ? (
        <div role="status" className="grid gap-4">
          <p>Your address is confirmed.</p>
          <ButtonLink look="primary" to="/chat">
            Go on to Infinure
          </ButtonLink>
        </div>
      ) : token === "" ? (
        <div className="grid gap-4">
          <p>Open this page by the link in our mail, or have a new one sent.</p>
          {another}
        </div>
      ) : (
        <Confirm key={token} token={token} onDone={() => setDone(true)}>
          {another}
        </Confirm>
      )}
    </EntryPage>
  );
}

/** A button, not the mere opening of the page: programs that look through mail open links as well. */
function Confirm({ token, onDone, children }: { token: string; onDone: () => void; children: ReactNode }) {
  const { emails, session } = useApp();
  const [failure, setFailure] = useState<Problem>();
  const [busy, setBusy] = useState(false);

  const confirm = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await emails.verifyEmail({ token });
      onDone();
      if (session.state.getState().status === "signed-in") await session.resume();
    } catch (thrown) {
      setFailure(problemOf(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="grid gap-4">
      {failure !== undefined && <Notice alert>{problemText(failure)}</Notice>}
      {failure?.reason === ErrorReason.LINK_INVALID ? (
        children
      ) : (
        <Button look="primary" busy={busy} onClick={confirm}>
          Confirm this address
        </Button>
      )}
    </div>
  );
}
