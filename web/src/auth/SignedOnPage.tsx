import { Code } from "@connectrpc/connect";
import { useEffect, useRef, useState } from "react";
import { Link, Navigate, useLocation, useNavigate } from "react-router";
import { problemOf } from "@/api/problem";
import { problemText } from "@/api/problem-text";
import { ErrorReason } from "@/gen/infinure/error/v1/error_reason_pb";
import { useApp, useSession } from "@/app/context";
import { useTitle } from "@/app/title";
import { Notice } from "@/ui/Notice";
import { Waiting } from "@/ui/Spinner";
import { EntryPage, LINK_CLASSES, LoginLink } from "./EntryPage";
import { answerIn, keptDestination, type Answer } from "./returned";

/** Where an identity provider's way back ends: what it said is taken once, and leaves the address at once. */
export default function SignedOnPage() {
  useTitle("Log in by your organization");
  const { session } = useApp();
  const { status } = useSession();
  const { search, hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [answer] = useState<Answer | undefined>(() => answerIn(search, hash));
  const [failure, setFailure] = useState(() => refusalOf(answer));
  // A second try would end the session that the first has opened.
  const taken = useRef(false);
  useEffect(() => {
    void navigate(pathname, { replace: true });
    if (taken.current || answer === undefined || "refused" in answer) return;
    taken.current = true;
    const finishing = "ticket" in answer ? session.finishSaml(answer.ticket) : session.finishOidc(answer.oidc);
    finishing.catch((thrown: unknown) => setFailure(problemText(problemOf(thrown))));
  }, [answer, navigate, pathname, session]);
  if (status === "signed-in" && failure === undefined) return <Navigate to={keptDestination()} replace />;
  if (failure === undefined) return <Waiting label="Logging in" />;
  return (
    <EntryPage title="That didn’t work" subtitle="You aren’t logged in." footer={<>Have a password here? <LoginLink /></>}>
      <Notice alert>{failure}</Notice>
      <p className="mt-4">
        <Link to="/login/sso" className={LINK_CLASSES}>
          Try again
        </Link>
      </p>
    </EntryPage>
  );
}

const REFUSAL = { code: Code.Unauthenticated, message: "", fields: [], metadata: {}, retryAfterMs: undefined };

function refusalOf(answer: Answer | undefined): string | undefined {
  if (answer !== undefined && !("refused" in answer)) return undefined;
  const account = answer?.refused === ErrorReason[ErrorReason.SSO_ACCOUNT_REFUSED];
  return problemText({ ...REFUSAL, reason: account ? ErrorReason.SSO_ACCOUNT_REFUSED : ErrorReason.SSO_LOGIN_INVALID });
}
