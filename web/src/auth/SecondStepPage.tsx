import { useState } from "react";
import { useApp } from "@/app/context";
import { MfaMethod } from "@/gen/infinure/auth/v1/mfa_pb";
import { problemOf } from "@/api/problem";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { CodeForm } from "@/security/CodeForm";
import { Button } from "@/ui/Button";
import { EntryPage } from "./EntryPage";
import type { SecondStep } from "./session";

interface Props {
  step: SecondStep;
  /** Back to the password, with what is to be told there. */
  onBack: (failure?: unknown) => void;
}

/** The second step of a login: a code of the app, or a recovery code. */
export default function SecondStepPage({ step, onBack }: Props) {
  const { session } = useApp();
  const [method, setMethod] = useState(step.methods[0] ?? MfaMethod.TOTP);
  const [remember, setRemember] = useState(false);
  const byApp = method === MfaMethod.TOTP;
  const other = step.methods.find((one) => one !== method);

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
      subtitle={byApp ? "Enter the code that your authenticator app shows." : "Enter one of the recovery codes that you kept."}
      footer={
        <button type="button" className="font-medium text-accent underline underline-offset-3" onClick={() => onBack()}>
          Log in as somebody else
        </button>
      }
    >
      <CodeForm key={method} label={byApp ? "Code" : "Recovery code"} digits={byApp} submit="Log in" onSubmit={verify}>
        <label className="flex items-center gap-2 text-sm">
          <input type="checkbox" checked={remember} onChange={(event) => setRemember(event.target.checked)} className="size-4 accent-accent" />
          Remember this device for 30 days
        </label>
      </CodeForm>
      {other !== undefined && (
        <Button look="quiet" className="mt-3 w-full" onClick={() => setMethod(other)}>
          {byApp ? "Use a recovery code" : "Use the authenticator app"}
        </Button>
      )}
    </EntryPage>
  );
}
