import { lazy, Suspense, type ReactNode } from "react";
import { createBrowserRouter, Navigate } from "react-router";
import { ChatPage } from "@/chat/ChatPage";
import { LoginPage } from "@/auth/LoginPage";
import { AppShell } from "./AppShell";
import { NotFoundPage } from "./NotFoundPage";
import { RequireSession } from "./RequireSession";
import { RouteError } from "./RouteError";
import { Waiting } from "@/ui/Spinner";

const SignUpPage = lazy(() => import("@/auth/SignUpPage"));
const SingleSignOnPage = lazy(() => import("@/auth/SingleSignOnPage"));
const SignedOnPage = lazy(() => import("@/auth/SignedOnPage"));
const SignOnSettingsPage = lazy(() => import("@/signon/SignOnSettingsPage"));
const ForgotPasswordPage = lazy(() => import("@/auth/ForgotPasswordPage"));
const ResetPasswordPage = lazy(() => import("@/auth/ResetPasswordPage"));
const VerifyEmailPage = lazy(() => import("@/auth/VerifyEmailPage"));
const SourcesPage = lazy(() => import("@/sources/SourcesPage"));
const NewSourcePage = lazy(() => import("@/sources/NewSourcePage"));
const SourcePage = lazy(() => import("@/sources/SourcePage"));
const LearnedPage = lazy(() => import("@/learned/LearnedPage"));
const SecurityPage = lazy(() => import("@/security/SecurityPage"));
const AuditPage = lazy(() => import("@/audit/AuditPage"));
const PeoplePage = lazy(() => import("@/people/PeoplePage"));
const OrganizationPage = lazy(() => import("@/organization/OrganizationPage"));
const ServiceAccountsPage = lazy(() => import("@/machines/ServiceAccountsPage"));
const AcceptInvitationPage = lazy(() => import("@/auth/AcceptInvitationPage"));
const BenchmarkPage = lazy(() => import("@/benchmark/BenchmarkPage"));

function later(page: ReactNode): ReactNode {
  return <Suspense fallback={<Waiting label="Loading" />}>{page}</Suspense>;
}

export function openRouter() {
  return createBrowserRouter([
    {
      errorElement: <RouteError />,
      children: [
        { path: "/login", element: <LoginPage /> },
        { path: "/login/sso", element: later(<SingleSignOnPage />) },
        { path: "/login/oidc", element: later(<SignedOnPage />) },
        { path: "/login/saml", element: later(<SignedOnPage />) },
        { path: "/signup", element: later(<SignUpPage />) },
        { path: "/forgot-password", element: later(<ForgotPasswordPage />) },
        { path: "/reset-password", element: later(<ResetPasswordPage />) },
        { path: "/accept-invitation", element: later(<AcceptInvitationPage />) },
        { path: "/verify-email", element: later(<VerifyEmailPage />) },
        {
          element: (
            <RequireSession>
              <AppShell />
            </RequireSession>
          ),
          children: [
            { index: true, element: <Navigate to="/chat" replace /> },
            {
              errorElement: <RouteError />,
              children: [
                // One route for both, so that the first answer goes on streaming when its conversation gets an address.
                { path: "/chat/:conversationId?", element: <ChatPage /> },
                { path: "/sources", element: later(<SourcesPage />) },
                { path: "/sources/new", element: later(<NewSourcePage />) },
                { path: "/sources/:sourceId", element: later(<SourcePage />) },
                { path: "/sources/:sourceId/benchmark", element: later(<BenchmarkPage />) },
                { path: "/settings/security", element: later(<SecurityPage />) },
                { path: "/settings/people", element: later(<PeoplePage />) },
                { path: "/settings/service-accounts", element: later(<ServiceAccountsPage />) },
                { path: "/settings/single-sign-on", element: later(<SignOnSettingsPage />) },
                { path: "/settings/organization", element: later(<OrganizationPage />) },
                { path: "/settings/audit", element: later(<AuditPage />) },
                { path: "/learned", element: later(<LearnedPage />) },
              ],
            },
          ],
        },
        { path: "*", element: <NotFoundPage /> },
      ],
    },
  ]);
}
