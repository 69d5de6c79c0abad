import { useState } from "react";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, useSignedIn } from "@/app/context";
import { Button } from "@/ui/Button";
import { Notice } from "@/ui/Notice";
import { useToasts } from "@/ui/toasts";

/** Says that the address waits to be confirmed, and sends the mail again. */
export function UnverifiedNotice() {
  const { user } = useSignedIn();
  const { emails } = useApp();
  const show = useToasts((toasts) => toasts.show);
  const [busy, setBusy] = useState(false);
  if (user.emailVerified) return null;

  const resend = async () => {
    setBusy(true);
    try {
      await emails.resendVerification({ email: user.email });
      show(`A new link is on its way to ${user.email}.`);
    } catch (thrown) {
      show(problemText(problemOf(thrown)), "danger");
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="px-4 pt-3">
      <Notice
        tone="neutral"
        action={
          <Button size="small" busy={busy} onClick={resend}>
            Send it again
          </Button>
        }
      >
        Confirm your e-mail address: open the link that we mailed to {user.email}.
      </Notice>
    </div>
  );
}
