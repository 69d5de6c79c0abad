import { describe, expect, it } from "vitest";
import { answerIn } from "./returned";

describe("the way back from an identity provider", () => {
  it("is read from the query of OpenID Connect", () => {
    expect(answerIn("?state=s&code=c&iss=https%3A%2F%2Fidp.example", "")).toEqual({ oidc: { state: "s", code: "c", issuer: "https://idp.example" } });
    expect(answerIn("?state=s&error=access_denied", "")).toEqual({ oidc: { state: "s", code: "", issuer: "" } });
  });

  it("is read from the fragment that SAML's page leads on with", () => {
    expect(answerIn("", "#ticket=t")).toEqual({ ticket: "t" });
    expect(answerIn("", "#refused=SSO_ACCOUNT_REFUSED")).toEqual({ refused: "SSO_ACCOUNT_REFUSED" });
  });

  it("is nothing where nothing was said", () => {
    expect(answerIn("?code=c", "")).toBeUndefined();
    expect(answerIn("", "")).toBeUndefined();
  });
});
