import { timestampMs, type Timestamp } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { AuthClient, SingleSignOnClient } from "@/api/clients";
import { problemOf } from "@/api/problem";
import type { TokenSource } from "@/api/bearer";
import { RefreshTokenDelivery } from "@/gen/infinure/auth/v1/auth_service_pb";
import type { MfaMethod, TotpEnrolment } from "@/gen/infinure/auth/v1/mfa_pb";
import type { Organization, User } from "@/gen/infinure/auth/v1/user_pb";

/** Who is at the page, as far as it is known. */
export type SessionState =
  | { status: "starting" | "unreachable" }
  /** left is true after a logout here: whoever logs in next doesn't want the last one's page. */
  | { status: "anonymous"; left: boolean }
  | { status: "signed-in"; user: User; organization: Organization | undefined };

export interface NewOrganization {
  organizationName: string;
  industry: string;
  email: string;
  password: string;
  firstName: string;
  lastName: string;
}

/** A login whose password was right, and which is no session yet. */
export interface SecondStep {
  token: string;
  /** None where nothing is enrolled and the organization asks for it. */
  methods: MfaMethod[];
}

/** What OpenID Connect's provider says in the address; code is empty where it refused. */
export interface Returned {
  state: string;
  code: string;
  issuer: string;
}

/** A session that is open, but not entered yet: recovery codes are to be seen first. */
export interface Enrolled {
  recoveryCodes: string[];
  enter(): void;
}

export interface Session extends TokenSource {
  state: StoreApi<SessionState>;
  /** Takes up the session of the cookie, if there is one. */
  resume(): Promise<void>;
  /** The step that is left, if the password isn't enough. */
  login(email: string, password: string): Promise<SecondStep | undefined>;
  verify(step: SecondStep, method: MfaMethod, code: string, rememberDevice: boolean): Promise<void>;
  /** Mails a code, for the method EMAIL. */
  sendCode(step: SecondStep): Promise<void>;
  beginEnrolment(step: SecondStep): Promise<TotpEnrolment | undefined>;
  confirmEnrolment(step: SecondStep, code: string): Promise<Enrolled>;
  /** Where to go to log in by the identity provider of the address's domain. */
  beginSignOn(email: string): Promise<string>;
  /** Takes up what an identity provider sent the browser back with. */
  finishOidc(returned: Returned): Promise<void>;
  finishSaml(ticket: string): Promise<void>;
  signUp(organization: NewOrganization): Promise<void>;
  logout(): Promise<void>;
}

/** What the session needs of its surroundings. */
export interface SessionPorts {
  auth: Pick<AuthClient, "login" | "verifyMfa" | "sendMfaCode" | "beginRequiredMfa" | "confirmRequiredMfa" | "signUp" | "refreshSession" | "logout">;
  signOn: Pick<SingleSignOnClient, "beginSingleSignOn" | "finishOidc" | "finishSaml">;
  /** Runs one task at a time across all tabs of the browser: a refresh token works once. */
  exclusively<T>(task: () => Promise<T>): Promise<T>;
  now(): number;
  schedule(task: () => void, delayMs: number): () => void;
  /** Tells the other tabs that somebody logged in or out. */
  announce(): void;
}

interface Opened {
  accessToken: string;
  accessTokenExpireTime?: Timestamp | undefined;
  user?: User | undefined;
  organization?: Organization | undefined;
}

/** A token with less than this left is renewed before it is used. */
const MARGIN_MS = 20_000;
/** Tokens are renewed unasked when this share of their life is over. */
const RENEW_AT = 0.8;
/** What a token's life is taken to be at least and at most, whatever the two clocks say. */
const LIFE_MS = { least: 60_000, most: 15 * 60_000 };

export function openSession(ports: SessionPorts): Session {
  const state = createStore<SessionState>(() => ({ status: "starting" }));
  // The access token lives here and nowhere else: no storage of the browser ever holds it.
  let held: { token: string; expiresAt: number } | undefined;
  let renewing: Promise<string> | undefined;
  let unschedule = () => {};

  function accept(opened: Opened): string {
    const expiresAt = ports.now() + lifeOf(opened, ports.now());
    held = { token: opened.accessToken, expiresAt };
    unschedule();
    unschedule = ports.schedule(() => void refresh().then(ignore, ignore), (expiresAt - ports.now()) * RENEW_AT);
    if (opened.user) state.setState({ status: "signed-in", user: opened.user, organization: opened.organization }, true);
    return opened.accessToken;
  }

  function enter(opened: Opened): void {
    accept(opened);
    ports.announce();
  }

  function end(left: boolean): void {
    held = undefined;
    unschedule();
    state.setState({ status: "anonymous", left }, true);
  }

  async function renewOnce(): Promise<string> {
    try {
      return accept(await ports.exclusively(() => ports.auth.refreshSession({})));
    } catch (thrown) {
      const { code } = problemOf(thrown);
      if (code === Code.Unauthenticated || code === Code.InvalidArgument) end(false);
      else if (state.getState().status === "starting") state.setState({ status: "unreachable" }, true);
      throw thrown;
    }
  }

  function refresh(): Promise<string> {
    renewing ??= renewOnce().finally(() => {
      renewing = undefined;
    });
    return renewing;
  }

  return {
    state,
    token: () => (held && held.expiresAt - ports.now() > MARGIN_MS ? Promise.resolve(held.token) : refresh()),
    renew: (refused) => (held && held.token !== refused ? Promise.resolve(held.token) : refresh()),
    // A failure is told by the state.
    resume: () => refresh().then(ignore, ignore),
    login: async (email, password) => {
      const reply = await ports.auth.login({ email, password, refreshTokenDelivery: RefreshTokenDelivery.COOKIE });
      if (reply.requiresMfa) return { token: reply.mfaToken, methods: reply.supportedMethods };
      enter(reply);
      return undefined;
    },
    verify: async ({ token }, method, code, rememberDevice) => {
      enter(await ports.auth.verifyMfa({ mfaToken: token, method, code, rememberDevice, refreshTokenDelivery: RefreshTokenDelivery.COOKIE }));
    },
    sendCode: async ({ token }) => {
      await ports.auth.sendMfaCode({ mfaToken: token });
    },
    beginEnrolment: async ({ token }) => (await ports.auth.beginRequiredMfa({ mfaToken: token })).enrolment,
    confirmEnrolment: async ({ token }, code) => {
      const reply = await ports.auth.confirmRequiredMfa({ mfaToken: token, code, refreshTokenDelivery: RefreshTokenDelivery.COOKIE });
      return { recoveryCodes: reply.recoveryCodes, enter: () => enter(reply) };
    },
    beginSignOn: async (email) => (await ports.signOn.beginSingleSignOn({ email })).redirectUri,
    finishOidc: async (returned) => enter(await ports.signOn.finishOidc({ ...returned })),
    finishSaml: async (ticket) => enter(await ports.signOn.finishSaml({ ticket })),
    signUp: async (organization) => {
      enter(await ports.auth.signUp({ ...organization, refreshTokenDelivery: RefreshTokenDelivery.COOKIE }));
    },
    logout: async () => {
      await ports.exclusively(() => ports.auth.logout({}));
      end(true);
      ports.announce();
    },
  };
}

function lifeOf(opened: Opened, now: number): number {
  const stated = opened.accessTokenExpireTime ? timestampMs(opened.accessTokenExpireTime) - now : 0;
  return Math.min(Math.max(stated, LIFE_MS.least), LIFE_MS.most);
}

function ignore(): void {
  // The outcome stands in the session's state.
}
