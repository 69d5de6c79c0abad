import { timestampDate } from "@bufbuild/protobuf/wkt";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp } from "@/app/context";
import type { TotpEnrolment } from "@/gen/infinure/auth/v1/mfa_pb";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { ProofDialog } from "./ProofDialog";
import { RecoveryCodes } from "./RecoveryCodes";
import { Section } from "./Section";
import { TotpSetup } from "./TotpSetup";
import { dayOf } from "./words";

/** What is going on over the page, if anything. */
type Work = { kind: "proving"; what: "set-up" | "remove" | "regenerate" } | { kind: "setting-up"; enrolment: TotpEnrolment } | { kind: "codes"; codes: string[] };

const PROOFS = {
  "set-up": { title: "Set up an authenticator app", explanation: "An app that is set up already goes on until the new one is confirmed.", submit: "Continue" },
  remove: { title: "Remove the authenticator app?", explanation: "A login needs the password alone then. Recovery codes and remembered devices go too.", submit: "Remove" },
  regenerate: { title: "New recovery codes?", explanation: "Those that you have no longer work then.", submit: "Make new codes" },
};

/** The authenticator app and its recovery codes. */
export function TwoFactor() {
  const { mfa } = useApp().clients;
  const queries = useQueryClient();
  const [work, setWork] = useState<Work>();
  const status = useQuery({ queryKey: ["mfa"], queryFn: () => mfa.getMfaStatus({}) });
  const close = () => setWork(undefined);
  const changed = () => Promise.all([queries.invalidateQueries({ queryKey: ["mfa"] }), queries.invalidateQueries({ queryKey: ["devices"] })]);

  const proven = async (what: keyof typeof PROOFS, password: string) => {
    const proof = { proof: { case: "password" as const, value: password } };
    if (what === "set-up") {
      const { enrolment } = await mfa.beginTotpEnrolment({ proof });
      if (enrolment) setWork({ kind: "setting-up", enrolment });
    } else if (what === "regenerate") {
      const { recoveryCodes } = await mfa.regenerateRecoveryCodes({ proof });
      setWork({ kind: "codes", codes: recoveryCodes });
      await changed();
    } else {
      await mfa.removeTotp({ proof });
      close();
      await changed();
    }
  };
  const confirm = async (code: string) => {
    const { recoveryCodes } = await mfa.confirmTotpEnrolment({ code });
    setWork({ kind: "codes", codes: recoveryCodes });
    await changed();
  };

  return (
    <Section title="Second factor" subtitle="A code of an app on your phone, beside the password.">
      {status.isPending && <Waiting label="Loading" />}
      {status.isError && <Notice alert>{problemText(problemOf(status.error))}</Notice>}
      {status.isSuccess &&
        (status.data.totpEnrollTime === undefined ? (
          <>
            <p className="mb-4 text-ink-soft">No authenticator app is set up: your password alone opens your account.</p>
            <Button look="primary" onClick={() => setWork({ kind: "proving", what: "set-up" })}>
              Set up an authenticator app
            </Button>
          </>
        ) : (
          <>
            <p data-testid="mfa-status">
              An authenticator app is set up since {dayOf(timestampDate(status.data.totpEnrollTime))}. {codesLeft(status.data.recoveryCodeCount)}
            </p>
            {status.data.required && <p className="mt-1 text-sm text-ink-faint">Your organization asks for it.</p>}
            <div className="mt-4 flex flex-wrap gap-2">
              <Button onClick={() => setWork({ kind: "proving", what: "regenerate" })}>New recovery codes</Button>
              <Button onClick={() => setWork({ kind: "proving", what: "set-up" })}>Use another app</Button>
              {!status.data.required && (
                <Button look="quiet-danger" onClick={() => setWork({ kind: "proving", what: "remove" })}>
                  Remove
                </Button>
              )}
            </div>
          </>
        ))}
      {work?.kind === "proving" && (
        <ProofDialog {...PROOFS[work.what]} danger={work.what === "remove"} onClose={close} onProven={(password) => proven(work.what, password)} />
      )}
      {work?.kind === "setting-up" && (
        <Dialog open onClose={close} title="Set up an authenticator app">
          <div className="mt-3">
            <TotpSetup enrolment={work.enrolment} onConfirm={confirm} />
          </div>
        </Dialog>
      )}
      {work?.kind === "codes" && (
        // Not closed by a click beside it: the codes don't come back.
        <Dialog open onClose={() => {}} title="Recovery codes">
          <div className="mt-3">
            <RecoveryCodes codes={work.codes} onDone={close} />
          </div>
        </Dialog>
      )}
    </Section>
  );
}

function codesLeft(count: number): string {
  if (count === 0) return "No recovery code is left: make new ones.";
  return count === 1 ? "One recovery code is left: make new ones." : `${count} recovery codes are left.`;
}
