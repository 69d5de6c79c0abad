import { lazy, Suspense, useEffect, useState, type SyntheticEvent } from "react";
import { Link, Navigate, useSearchParams } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { useApp, useSession } from "@/app/context";
import { useTitle } from "@/app/title";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { Field } from "@/ui/Field";
import { Input, PasswordInput } from "@/ui/Input";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { EntryPage, LINK_CLASSES } from "./EntryPage";
import { destination } from "./destination";
import type { SecondStep } from "./session";

const SecondStepPage = lazy(() => import("./SecondStepPage"));
const RequiredEnrolmentPage = lazy(() => import("./RequiredEnrolmentPage"));

interface Missing {
  email?: string;
  password?: string;
}

/** Two fields need no form library: this page is the first to load. */
export function LoginPage() {
  useTitle("Log in");
  const { session } = useApp();
  const { status } = useSession();
  const [parameters] = useSearchParams();
  const [missing, setMissing] = useState<Missing>({});
  const [failure, setFailure] = useState<string>();
  const [step, setStep] = useState<SecondStep>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (step === undefined) document.getElementById("email")?.focus();
  }, [step]);
  if (status === "signed-in") return <Navigate to={destination(parameters.get("next"))} replace />;
  if (step !== undefined) {
    const back = (thrown?: unknown) => {
      setStep(undefined);
      setFailure(thrown === undefined ? undefined : problemText(problemOf(thrown)));
    };
    const Next = step.methods.length === 0 ? RequiredEnrolmentPage : SecondStepPage;
    return (
      <Suspense fallback={<Waiting label="Loading" />}>
        <Next step={step} onBack={back} />
      </Suspense>
    );
  }

  const next = parameters.get("next");
  const from = next === null ? "" : `?${new URLSearchParams({ next }).toString()}`;
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = text(form, "email").trim();
    const password = text(form, "password");
    const absent: Missing = { ...(email ? {} : { email: "Enter your e-mail." }), ...(password ? {} : { password: "Enter your password." }) };
    setMissing(absent);
    setFailure(undefined);
    const first = Object.keys(absent)[0];
    if (first !== undefined) {
      document.getElementById(first)?.focus();
      return;
    }
    setBusy(true);
    try {
      setStep(await session.login(email, password));
    } catch (thrown) {
      setFailure(problemText(problemOf(thrown)));
      document.getElementById("password")?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <EntryPage
      title="Log in to Infinure"
      subtitle="Ask your data in plain words."
      footer={
        <>
          No account yet? <Link to="/signup" className={LINK_CLASSES}>Sign up your organization</Link>
        </>
      }
    >
      <form className="grid gap-4" onSubmit={submit} noValidate>
        {failure !== undefined && <Notice alert>{failure}</Notice>}
        <Field label="E-mail" id="email" error={missing.email}>
          {(control) => <Input {...control} name="email" type="email" autoComplete="username" inputMode="email" maxLength={255} />}
        </Field>
        <Field label="Password" id="password" error={missing.password}>
          {(control) => <PasswordInput {...control} name="password" autoComplete="current-password" maxLength={1024} />}
        </Field>
        <Button type="submit" look="primary" busy={busy} className="mt-2">
          Log in
        </Button>
        <Link to={`/login/sso${from}`} className={classes(LINK_CLASSES, "justify-self-center text-sm")}>
          Log in by your organization
        </Link>
        <Link to="/forgot-password" className={classes(LINK_CLASSES, "justify-self-center text-sm")}>
          Forgot your password?
        </Link>
      </form>
    </EntryPage>
  );
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
