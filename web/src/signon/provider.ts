import type { MessageInitShape } from "@bufbuild/protobuf";
import { OidcPreset, type IdentityProvider, type IdentityProviderSettingsSchema } from "@/gen/infinure/auth/v1/identity_provider_pb";
import { Role } from "@/gen/infinure/auth/v1/user_pb";

export interface Rule {
  group: string;
  role: Role;
}

/** A provider as the form has it. */
export interface Draft {
  protocol: "oidc" | "saml";
  name: string;
  enabled: boolean;
  createsUsers: boolean;
  defaultRole: Role;
  groupAttribute: string;
  rules: Rule[];
  preset: OidcPreset;
  issuer: string;
  clientId: string;
  secret: string;
  entityId: string;
  ssoUrl: string;
  certificates: string;
  idpInitiated: boolean;
}

export const PRESETS: [OidcPreset, string, string][] = [
  [OidcPreset.UNSPECIFIED, "Any that speaks OpenID Connect", "https://login.example.com"],
  [OidcPreset.AZURE_AD, "Microsoft Entra ID (Azure AD)", "https://login.microsoftonline.com/your-tenant-id/v2.0"],
  [OidcPreset.OKTA, "Okta", "https://your-company.okta.com"],
  [OidcPreset.GOOGLE, "Google Workspace", "https://accounts.google.com"],
];

export const NEW: Draft = {
  protocol: "oidc",
  name: "",
  enabled: true,
  createsUsers: true,
  defaultRole: Role.VIEWER,
  groupAttribute: "groups",
  rules: [],
  preset: OidcPreset.UNSPECIFIED,
  issuer: "",
  clientId: "",
  secret: "",
  entityId: "",
  ssoUrl: "",
  certificates: "",
  idpInitiated: false,
};

export function draftOf({ settings }: IdentityProvider): Draft {
  if (settings === undefined) return NEW;
  const { protocol } = settings;
  return {
    ...NEW,
    name: settings.name,
    enabled: settings.enabled,
    createsUsers: settings.createsUsers,
    defaultRole: settings.defaultRole,
    groupAttribute: settings.groupAttribute,
    rules: settings.roleRules.map(({ group, role }) => ({ group, role })),
    ...(protocol.case === "oidc" && { preset: protocol.value.preset, issuer: protocol.value.issuer, clientId: protocol.value.clientId }),
    ...(protocol.case === "saml" && {
      protocol: "saml" as const,
      entityId: protocol.value.entityId,
      ssoUrl: protocol.value.ssoUrl,
      certificates: protocol.value.certificates.join("\n"),
      idpInitiated: protocol.value.idpInitiated,
    }),
  };
}

export function settingsOf(draft: Draft): MessageInitShape<typeof IdentityProviderSettingsSchema> {
  const { name, enabled, createsUsers, defaultRole, groupAttribute } = draft;
  const roleRules = draft.rules.filter((rule) => rule.group !== "");
  const common = { name, enabled, createsUsers, defaultRole, groupAttribute, roleRules };
  if (draft.protocol === "oidc") {
    return { ...common, protocol: { case: "oidc", value: { preset: draft.preset, issuer: draft.issuer.trim(), clientId: draft.clientId } } };
  }
  const { entityId, idpInitiated } = draft;
  return { ...common, protocol: { case: "saml", value: { entityId, ssoUrl: draft.ssoUrl.trim(), certificates: certificatesIn(draft.certificates), idpInitiated } } };
}

/** Each from its BEGIN to its END; the text whole where there is none, for the service to say what is wrong. */
export function certificatesIn(text: string): string[] {
  return text.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [text.trim()];
}

/** Whether there is enough to try. */
export function isFilled(draft: Draft): boolean {
  const needed = draft.protocol === "oidc" ? [draft.issuer, draft.clientId] : [draft.entityId, draft.ssoUrl, draft.certificates];
  return [draft.name, ...needed].every((text) => text.trim() !== "");
}
