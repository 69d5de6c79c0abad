import { useEffect } from "react";
import { useSearchParams } from "react-router";
import { useApp } from "@/app/context";
import { useTitle } from "@/app/title";
import { EmailForm } from "./EmailForm";
import { EntryPage, LoginLink } from "./EntryPage";
import { keepDestination } from "./returned";

/** Sends the browser to the identity provider of an address's domain. */
export default function SingleSignOnPage() {
  useTitle("Log in by your organization");
  const { session } = useApp();
  const [parameters] = useSearchParams();
  useEffect(() => document.getElementById("email")?.focus(), []);
  const depart = async (email: string) => {
    const address = await session.beginSignOn(email);
    keepDestination(parameters.get("next"));
    window.location.assign(address);
  };
  return (
    <EntryPage title="Log in by your organization" subtitle="Enter your e-mail at work; we lead you to where your organization logs in." footer={<>Have a password here? <LoginLink /></>}>
      <EmailForm submitLabel="Continue" ask={depart} asked={() => <>Going to where your organization logs in…</>} />
    </EntryPage>
  );
}
