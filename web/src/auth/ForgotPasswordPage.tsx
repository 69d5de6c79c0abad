import { useEffect } from "react";
import { useApp } from "@/app/context";
import { useTitle } from "@/app/title";
import { EmailForm } from "./EmailForm";
import { EntryPage, LoginLink } from "./EntryPage";

export default function ForgotPasswordPage() {
  useTitle("Forgot password");
  const { emails } = useApp();
  useEffect(() => document.getElementById("email")?.focus(), []);
  return (
    <EntryPage title="Forgot your password?" subtitle="We mail you a link to set a new one." footer={<>Remembered it? <LoginLink /></>}>
      <EmailForm
        submitLabel="Mail me a link"
        ask={(email) => emails.requestPasswordReset({ email })}
        asked={(email) => (
          <>
            If there is an account of <strong>{email}</strong>, a mail is on its way. Its link works once, within 30 minutes. Look among unwanted mail too.
          </>
        )}
      />
    </EntryPage>
  );
}
