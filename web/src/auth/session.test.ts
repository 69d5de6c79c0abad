import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import {
  BeginRequiredMfaResponseSchema,
  ConfirmRequiredMfaResponseSchema,
  LoginResponseSchema,
  LogoutResponseSchema,
  RefreshSessionResponseSchema,
  RefreshTokenDelivery,
  SendMfaCodeResponseSchema,
  SignUpResponseSchema,
  VerifyMfaResponseSchema,
} from "@/gen/infinure/auth/v1/auth_service_pb";
import { MfaMethod } from "@/gen/infinure/auth/v1/mfa_pb";
import { BeginSingleSignOnResponseSchema, FinishOidcResponseSchema, FinishSamlResponseSchema } from "@/gen/infinure/auth/v1/single_sign_on_service_pb";
import { openSession, type SessionPorts } from "./session";

const MINUTE = 60_000;
const USER = { id: "user", firstName: "Ada" };

/** An auth service of one account, a clock to set and timers to fire. */
function surroundings() {
  const world = { now: 0, refreshes: 0, running: 0, overlapped: false, secondFactor: false, fail: undefined as Error | undefined, timers: [] as (() => void)[], asked: [] as unknown[], announced: 0 };
  const token = () => ({ accessToken: `token-${world.refreshes}`, accessTokenExpireTime: timestampFromMs(world.now + 15 * MINUTE), user: USER });
  let queue: Promise<unknown> = Promise.resolve();
  const ports: SessionPorts = {
    auth: {
      login: (request) => {
        world.asked.push(request);
        const second = { requiresMfa: true, mfaToken: "half", supportedMethods: [MfaMethod.TOTP] };
        return Promise.resolve(create(LoginResponseSchema, world.secondFactor ? second : token()));
      },
      verifyMfa: (request) => {
        world.asked.push(request);
        return Promise.resolve(create(VerifyMfaResponseSchema, token()));
      },
      sendMfaCode: (request) => {
        world.asked.push(request);
        return Promise.resolve(create(SendMfaCodeResponseSchema));
      },
      beginRequiredMfa: () => Promise.resolve(create(BeginRequiredMfaResponseSchema, { enrolment: { secret: "ABC" } })),
      confirmRequiredMfa: () => Promise.resolve(create(ConfirmRequiredMfaResponseSchema, { ...token(), recoveryCodes: ["one"] })),
      signUp: () => Promise.resolve(create(SignUpResponseSchema, token())),
      logout: () => Promise.resolve(create(LogoutResponseSchema)),
      refreshSession: async () => {
        world.overlapped ||= world.running > 0;
        world.running += 1;
        await Promise.resolve();
        world.running -= 1;
        if (world.fail) throw world.fail;
        world.refreshes += 1;
        return create(RefreshSessionResponseSchema, token());
      },
    },
    signOn: {
      beginSingleSignOn: () => Promise.resolve(create(BeginSingleSignOnResponseSchema, { redirectUri: "https://idp.example/" })),
      finishOidc: (request) => {
        world.asked.push(request);
        return Promise.resolve(create(FinishOidcResponseSchema, token()));
      },
      finishSaml: () => Promise.resolve(create(FinishSamlResponseSchema, token())),
    },
    exclusively: (task) => {
      const done = queue.then(task);
      queue = done.catch(() => undefined);
      return done;
    },
    now: () => world.now,
    schedule: (task) => {
      world.timers.push(task);
      return () => void world.timers.splice(world.timers.indexOf(task), 1);
    },
    announce: () => {
      world.announced += 1;
    },
  };
  return { world, ports };
}

describe("a session", () => {
  it("is opened by what an identity provider sent back", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    expect(await session.beginSignOn("ada@example.com")).toBe("https://idp.example/");
    await session.finishOidc({ state: "s", code: "c", issuer: "i" });
    expect(world.asked).toEqual([{ state: "s", code: "c", issuer: "i" }]);
    expect(session.state.getState()).toMatchObject({ status: "signed-in", user: USER });
    expect(world.announced).toBe(1);
  });

  it("is taken up from the cookie", async () => {
    const session = openSession(surroundings().ports);
    expect(session.state.getState().status).toBe("starting");
    await session.resume();
    expect(session.state.getState()).toMatchObject({ status: "signed-in", user: USER });
  });

  it("asks for the cookie at login, and never keeps a refresh token", async () => {
    const { world, ports } = surroundings();
    await openSession(ports).login("ada@example.com", "secret");
    expect(world.asked).toEqual([{ email: "ada@example.com", password: "secret", refreshTokenDelivery: RefreshTokenDelivery.COOKIE }]);
    expect(world.announced).toBe(1);
  });

  it("isn't open before the second step", async () => {
    const { world, ports } = surroundings();
    world.secondFactor = true;
    const session = openSession(ports);
    const step = await session.login("ada@example.com", "secret");
    expect(step).toEqual({ token: "half", methods: [MfaMethod.TOTP] });
    expect(session.state.getState().status).toBe("starting");
    if (step) await session.verify(step, MfaMethod.TOTP, "123456", true);
    expect(world.asked[1]).toEqual({ mfaToken: "half", method: MfaMethod.TOTP, code: "123456", rememberDevice: true, refreshTokenDelivery: RefreshTokenDelivery.COOKIE });
    expect(session.state.getState()).toMatchObject({ status: "signed-in", user: USER });
    expect(world.announced).toBe(1);
  });

  it("has a code mailed for the second step", async () => {
    const { world, ports } = surroundings();
    await openSession(ports).sendCode({ token: "half", methods: [MfaMethod.EMAIL] });
    expect(world.asked).toEqual([{ mfaToken: "half" }]);
  });

  it("waits until recovery codes were seen", async () => {
    const { ports } = surroundings();
    const session = openSession(ports);
    const step = { token: "half", methods: [] };
    expect(await session.beginEnrolment(step)).toMatchObject({ secret: "ABC" });
    const enrolled = await session.confirmEnrolment(step, "123456");
    expect(enrolled.recoveryCodes).toEqual(["one"]);
    expect(session.state.getState().status).toBe("starting");
    enrolled.enter();
    expect(session.state.getState().status).toBe("signed-in");
  });

  it("refreshes once for many calls at the same time", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    const tokens = await Promise.all([session.token(), session.token(), session.renew("stale")]);
    expect(new Set(tokens)).toEqual(new Set(["token-1"]));
    expect(world.refreshes).toBe(1);
  });

  it("doesn't refresh for a call that was refused with a token that is replaced already", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    await session.resume();
    expect(await session.renew("token-0")).toBe("token-1");
    expect(world.refreshes).toBe(1);
  });

  it("refreshes in one tab after the other", async () => {
    const { world, ports } = surroundings();
    await Promise.all([openSession(ports).resume(), openSession(ports).resume()]);
    expect(world).toMatchObject({ refreshes: 2, overlapped: false });
  });

  it("renews a token just before its time, by timer and by use", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    await session.resume();
    world.now = 14 * MINUTE;
    expect(await session.token()).toBe("token-1");
    world.now = 15 * MINUTE - 5_000;
    expect(await session.token()).toBe("token-2");
    expect(world.timers).toHaveLength(1);
    world.timers[0]?.();
    expect(await session.renew("token-2")).toBe("token-3");
  });

  it("isn't driven to refresh by a clock that is wrong", async () => {
    const { world, ports } = surroundings();
    const session = openSession({ ...ports, now: () => world.now + 60 * MINUTE });
    await session.resume();
    await session.token();
    expect(world.refreshes).toBe(1);
  });

  it("ends when the refresh token is refused", async () => {
    const { world, ports } = surroundings();
    world.fail = new ConnectError("used", Code.Unauthenticated);
    const session = openSession(ports);
    await session.resume();
    expect(session.state.getState()).toEqual({ status: "anonymous", left: false });
  });

  it("isn't ended by a server that is away", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    world.fail = new ConnectError("away", Code.Unavailable);
    await session.resume();
    expect(session.state.getState().status).toBe("unreachable");
    world.fail = undefined;
    await session.resume();
    world.fail = new ConnectError("away", Code.Unavailable);
    await session.resume();
    expect(session.state.getState().status).toBe("signed-in");
  });

  it("ends by logout, and holds no token after it", async () => {
    const { world, ports } = surroundings();
    const session = openSession(ports);
    await session.resume();
    await session.logout();
    expect(session.state.getState()).toEqual({ status: "anonymous", left: true });
    expect(world.timers).toHaveLength(0);
    world.fail = new ConnectError("gone", Code.Unauthenticated);
    await expect(session.token()).rejects.toThrow("gone");
  });
});
