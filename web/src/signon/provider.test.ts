import { describe, expect, it } from "vitest";
import { certificatesIn, isFilled, NEW, settingsOf } from "./provider";

const ONE = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";

describe("an identity provider", () => {
  it("is told in its own protocol, without rules for no group", () => {
    const told = settingsOf({ ...NEW, name: "Works", issuer: " https://a.example ", clientId: "c", rules: [{ group: "", role: 1 }] });
    expect(told.protocol).toEqual({ case: "oidc", value: { preset: 0, issuer: "https://a.example", clientId: "c" } });
    expect(told.roleRules).toEqual([]);
  });

  it("has each of its certificates apart", () => {
    expect(certificatesIn(`${ONE}\n\n${ONE}\n`)).toEqual([ONE, ONE]);
    expect(certificatesIn(" nonsense ")).toEqual(["nonsense"]);
  });

  it("is tried once it is filled in", () => {
    expect(isFilled({ ...NEW, name: "Works" })).toBe(false);
    expect(isFilled({ ...NEW, name: "Works", issuer: "https://a.example", clientId: "c" })).toBe(true);
    expect(isFilled({ ...NEW, protocol: "saml", name: "Works", issuer: "https://a.example", clientId: "c" })).toBe(false);
  });
});
