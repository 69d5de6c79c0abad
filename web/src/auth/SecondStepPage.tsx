import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import { MfaMethod } from "@/gen/infinure/auth/v1/mfa_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { CodeForm } from "@/security/CodeForm";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { EntryPage } from "./EntryPage";
import type { SecondStep } from "./session";

interface Props {
  step: SecondStep;
  /** Back to the password, with what is to be told there. */
  onBack: (failure?: unknown) => void;
}

interface Words {
  subtitle: string;
  label: string;
  choose: string;
}

const APP: Words = { subtitle: "Enter the code that your authenticator app shows.", label: "Code", choose: "Use the authenticator app" };
const WORDS: Partial<Record<MfaMethod, Words>> = {
  [MfaMethod.TOTP]: APP,
  [MfaMethod.RECOVERY_CODE]: { subtitle: "Enter one of the recovery codes that you kept.", label: "Recovery code", choose: "Use a recovery code" },
  [MfaMethod.EMAIL]: { subtitle: "We mail you a code of six digits.", label: "Code from the e-mail", choose: "Get a code by e-mail" },
};

/** The second step of a login: a code of the app, a recovery code, or a mailed one. */
export default function SecondStepPage({ step, onBack }: Props) {
  const { session } = useApp();
  const [method, setMethod] = useState(step.methods[0] ?? MfaMethod.TOTP);
  const [remember, setRemember] = useState(false);
  const [sent, setSent] = useState(false);
  const words = WORDS[method] ?? APP;

  const verify = async (code: string) => {
    try {
      await session.verify(step, method, code, remember);
    } catch (thrown) {
      const { reason, metadata } = problemOf(thrown);
      const over = reason === ErrorReason.MFA_TOKEN_INVALID || (reason === ErrorReason.MFA_CODE_INVALID && metadata["tries_left"] === "0");
      if (!over) throw thrown;
      onBack(thrown);
    }
  };

  return (
    <EntryPage
      title="Is it you?"
      subtitle={words.subtitle}
      footer={
        <button type="button" className="font-medium text-accent underline underline-offset-3" onClick={() => onBack()}>
          Log in as somebody else
        </button>
      }
    >
      {method === MfaMethod.EMAIL && <SendCode step={step} sent={sent} onSent={() => setSent(true)} onBack={onBack} />}
      {(method !== MfaMethod.EMAIL || sent) && (
        <CodeForm key={method} label={words.label} digits={method !== MfaMethod.RECOVERY_CODE} submit="Log in" onSubmit={verify}>
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} className="size-4 accent-accent" />
            Remember this device for 30 days
          </label>
        </CodeForm>
      )}
      <div className="mt-3 grid gap-1">
        {step.methods
          .filter((other) => other !== method)
          .map((other) => (
            <Button key={other} look="quiet" onClick={() => setMethod(other)}>
              {WORDS[other]?.choose}
            </Button>
          ))}
      </div>
    </EntryPage>
  );
}

/** Has a code mailed, once or again. */
function SendCode({ step, sent, onSent, onBack }: Props & { sent: boolean; onSent: () => void }) {
  const { session } = useApp();
  const [failure, setFailure] = useState<string>();
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    setFailure(undefined);
    try {
      await session.sendCode(step);
      onSent();
    } catch (thrown) {
      const problem = problemOf(thrown);
      if (problem.reason === ErrorReason.MFA_TOKEN_INVALID) onBack(thrown);
      else setFailure(problemText(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="mb-4 grid gap-3">
      {failure !== undefined && <Notice alert>{failure}</Notice>}
      {sent && <p className="text-sm text-ink-soft">A code is on its way to your e-mail address. It is good for ten minutes.</p>}
      <Button look={sent ? "quiet" : "primary"} busy={busy} onClick={send}>
        {sent ? "Send another code" : "Send me a code"}
      </Button>
    </div>
  );
}
