import { useState } from "react";
import { problemOf } from "@/api/problem";
import { useApp } from "@/app/context";
import type { TotpEnrolment } from "@/gen/infinure/auth/v1/mfa_pb";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { RecoveryCodes } from "@/security/RecoveryCodes";
import { TotpSetup } from "@/security/TotpSetup";
import { Button } from "@/ui/Button";
import { EntryPage } from "./EntryPage";
import type { Enrolled, SecondStep } from "./session";

interface Props {
  step: SecondStep;
  onBack: (failure?: unknown) => void;
}

/** Sets up the second factor that the organization asks for, on the way into a session. */
export default function RequiredEnrolmentPage({ step, onBack }: Props) {
  const { session } = useApp();
  const [enrolment, setEnrolment] = useState<TotpEnrolment>();
  const [enrolled, setEnrolled] = useState<Enrolled>();
  const [busy, setBusy] = useState(false);

  const begin = async () => {
    setBusy(true);
    try {
      setEnrolment(await session.beginEnrolment(step));
    } catch (thrown) {
      onBack(thrown);
    } finally {
      setBusy(false);
    }
  };
  const confirm = async (code: string) => {
    try {
      setEnrolled(await session.confirmEnrolment(step, code));
    } catch (thrown) {
      if (problemOf(thrown).reason !== ErrorReason.MFA_TOKEN_INVALID) throw thrown;
      onBack(thrown);
    }
  };

  return (
    <EntryPage
      title="Set up your second factor"
      subtitle="Your organization asks for more than a password."
      footer={
        enrolled === undefined && (
          <button type="button" className="font-medium text-accent underline underline-offset-3" onClick={() => onBack()}>
            Log in as somebody else
          </button>
        )
      }
    >
      {enrolled !== undefined ? (
        <RecoveryCodes codes={enrolled.recoveryCodes} onDone={() => enrolled.enter()} />
      ) : enrolment !== undefined ? (
        <TotpSetup enrolment={enrolment} onConfirm={confirm} />
      ) : (
        <Button look="primary" className="w-full" busy={busy} onClick={begin}>
          Set up an authenticator app
        </Button>
      )}
    </EntryPage>
  );
}
