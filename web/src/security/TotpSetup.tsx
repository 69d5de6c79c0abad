import { QRCodeSVG } from "qrcode.react";
import type { TotpEnrolment } from "@/gen/infinure/auth/v1/mfa_pb";
import { CopyButton } from "@/ui/CopyButton";
import { CodeForm } from "./CodeForm";

const QR_PIXELS = 184;

/** Shows an authenticator app its secret and takes a first code of it. */
export function TotpSetup({ enrolment, onConfirm }: { enrolment: TotpEnrolment; onConfirm: (code: string) => Promise<void> }) {
  const { secret, uri } = enrolment;
  return (
    <div className="grid gap-5">
      <p className="text-ink-soft">Scan this with an authenticator app, such as Google Authenticator, 1Password or Aegis. Then enter the code that it shows.</p>
      {/* Dark on white in every theme: cameras read no other. */}
      <div className="justify-self-center rounded-xl bg-white p-2">
        <QRCodeSVG value={uri} size={QR_PIXELS} marginSize={2} title="QR code for your authenticator app" />
      </div>
      <div className="rounded-lg bg-sunken px-3.5 py-2.5 text-sm">
        <p className="text-ink-faint">Can’t scan? Type this key into the app.</p>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <code className="font-mono wrap-anywhere" data-testid="totp-secret">
            {secret.match(/.{1,4}/g)?.join(" ")}
          </code>
          <CopyButton text={() => secret} label="Copy key" />
        </div>
      </div>
      <CodeForm label="Code from the app" digits submit="Confirm" onSubmit={onConfirm} />
    </div>
  );
}
