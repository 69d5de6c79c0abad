import { ActivityAction } from "@/gen/infinure/auth/v1/activity_pb";

/** What was done, as a person says it. */
const WORDS: Record<ActivityAction, string> = {
  [ActivityAction.UNSPECIFIED]: "Something else",
  [ActivityAction.ORGANIZATION_CREATED]: "Organization signed up",
  [ActivityAction.USER_CREATED]: "Account created",
  [ActivityAction.LOGIN_SUCCESS]: "Logged in",
  [ActivityAction.LOGIN_FAILED]: "Wrong password",
  [ActivityAction.LOGIN_THROTTLED]: "Too many tries refused",
  [ActivityAction.LOGOUT]: "Logged out",
  [ActivityAction.SESSION_ENDED]: "Session ended",
  [ActivityAction.REFRESH_TOKEN_REUSED]: "Session token used twice",
  [ActivityAction.PASSWORD_CHANGED]: "Password changed",
  [ActivityAction.PASSWORD_RESET_REQUESTED]: "Password reset asked for",
  [ActivityAction.PASSWORD_RESET]: "Password reset",
  [ActivityAction.EMAIL_VERIFIED]: "E-mail address confirmed",
  [ActivityAction.SETTINGS_CHANGED]: "Settings changed",
  [ActivityAction.MFA_ENROLLED]: "Second factor set up",
  [ActivityAction.MFA_REMOVED]: "Second factor removed",
  [ActivityAction.MFA_FAILED]: "Wrong code",
  [ActivityAction.MFA_CODE_SENT]: "Code mailed",
  [ActivityAction.RECOVERY_CODE_USED]: "Recovery code used",
  [ActivityAction.RECOVERY_CODES_REGENERATED]: "Recovery codes renewed",
  [ActivityAction.DEVICE_REMEMBERED]: "Device remembered",
  [ActivityAction.DEVICE_FORGOTTEN]: "Device forgotten",
  [ActivityAction.ACTIVITIES_EXPORTED]: "Audit log exported",
  [ActivityAction.USER_INVITED]: "Person invited",
  [ActivityAction.INVITATION_ACCEPTED]: "Invitation accepted",
  [ActivityAction.INVITATION_WITHDRAWN]: "Invitation withdrawn",
  [ActivityAction.USER_CHANGED]: "Role or grants changed",
  [ActivityAction.USER_DEACTIVATED]: "Account deactivated",
  [ActivityAction.USER_ACTIVATED]: "Account activated",
  [ActivityAction.SERVICE_ACCOUNT_CREATED]: "Service account created",
  [ActivityAction.API_KEY_CREATED]: "API key created",
  [ActivityAction.API_KEY_REVOKED]: "API key revoked",
  [ActivityAction.API_KEY_USED]: "API key used",
  [ActivityAction.API_KEY_REFUSED]: "API key refused",
  [ActivityAction.SERVICE_ACCOUNT_DELETED]: "Service account deleted",
  [ActivityAction.EMAIL_DOMAIN_ADDED]: "E-mail domain added",
  [ActivityAction.EMAIL_DOMAIN_VERIFIED]: "E-mail domain verified",
  [ActivityAction.EMAIL_DOMAIN_REMOVED]: "E-mail domain removed",
  [ActivityAction.IDENTITY_PROVIDER_CREATED]: "Identity provider set up",
  [ActivityAction.IDENTITY_PROVIDER_CHANGED]: "Identity provider changed",
  [ActivityAction.IDENTITY_PROVIDER_DELETED]: "Identity provider removed",
  [ActivityAction.USER_LINKED]: "Account tied to an identity provider",
  [ActivityAction.SSO_REFUSED]: "Single sign-on refused",
  [ActivityAction.USER_ERASURE_REQUESTED]: "Erasure asked for",
  [ActivityAction.USER_ERASED]: "Person erased",
  [ActivityAction.PERSONAL_DATA_EXPORTED]: "Own data exported",
  [ActivityAction.CONSENT_GIVEN]: "Consent given",
  [ActivityAction.CONSENT_WITHDRAWN]: "Consent withdrawn",
  [ActivityAction.ACTIVITIES_REMOVED]: "Oldest entries removed",
};

export function actionText(action: ActivityAction): string {
  return (WORDS as Partial<Record<ActivityAction, string>>)[action] ?? WORDS[ActivityAction.UNSPECIFIED];
}

export interface Group {
  /** As the address has it. */
  name: string;
  title: string;
  actions: ActivityAction[];
}

/** Actions that one looks for together. */
export const GROUPS: Group[] = [
  {
    name: "logins",
    title: "Logins and sessions",
    actions: [
      ActivityAction.LOGIN_SUCCESS,
      ActivityAction.LOGIN_FAILED,
      ActivityAction.LOGIN_THROTTLED,
      ActivityAction.LOGOUT,
      ActivityAction.SESSION_ENDED,
      ActivityAction.REFRESH_TOKEN_REUSED,
    ],
  },
  {
    name: "passwords",
    title: "Passwords",
    actions: [ActivityAction.PASSWORD_CHANGED, ActivityAction.PASSWORD_RESET_REQUESTED, ActivityAction.PASSWORD_RESET],
  },
  {
    name: "second-factors",
    title: "Second factors and devices",
    actions: [
      ActivityAction.MFA_ENROLLED,
      ActivityAction.MFA_REMOVED,
      ActivityAction.MFA_FAILED,
      ActivityAction.MFA_CODE_SENT,
      ActivityAction.RECOVERY_CODE_USED,
      ActivityAction.RECOVERY_CODES_REGENERATED,
      ActivityAction.DEVICE_REMEMBERED,
      ActivityAction.DEVICE_FORGOTTEN,
    ],
  },
  {
    name: "organization",
    title: "Organization and accounts",
    actions: [
      ActivityAction.ORGANIZATION_CREATED,
      ActivityAction.USER_CREATED,
      ActivityAction.USER_INVITED,
      ActivityAction.INVITATION_ACCEPTED,
      ActivityAction.INVITATION_WITHDRAWN,
      ActivityAction.USER_CHANGED,
      ActivityAction.USER_DEACTIVATED,
      ActivityAction.USER_ACTIVATED,
      ActivityAction.SERVICE_ACCOUNT_CREATED,
      ActivityAction.API_KEY_CREATED,
      ActivityAction.API_KEY_REVOKED,
      ActivityAction.API_KEY_USED,
      ActivityAction.API_KEY_REFUSED,
      ActivityAction.SERVICE_ACCOUNT_DELETED,
      ActivityAction.EMAIL_DOMAIN_ADDED,
      ActivityAction.EMAIL_DOMAIN_VERIFIED,
      ActivityAction.EMAIL_DOMAIN_REMOVED,
      ActivityAction.IDENTITY_PROVIDER_CREATED,
      ActivityAction.IDENTITY_PROVIDER_CHANGED,
      ActivityAction.IDENTITY_PROVIDER_DELETED,
      ActivityAction.USER_LINKED,
      ActivityAction.SSO_REFUSED,
      ActivityAction.EMAIL_VERIFIED,
      ActivityAction.SETTINGS_CHANGED,
      ActivityAction.ACTIVITIES_EXPORTED,
    ],
  },
  {
    name: "privacy",
    title: "Personal data",
    actions: [
      ActivityAction.PERSONAL_DATA_EXPORTED,
      ActivityAction.CONSENT_GIVEN,
      ActivityAction.CONSENT_WITHDRAWN,
      ActivityAction.USER_ERASURE_REQUESTED,
      ActivityAction.USER_ERASED,
      ActivityAction.ACTIVITIES_REMOVED,
    ],
  },
];

/** What the address says is wanted: a group, or one action by its name; none for all. */
export function actionsNamed(name: string): ActivityAction[] {
  const group = GROUPS.find((one) => one.name === name);
  if (group) return group.actions;
  return GROUPS.flatMap(({ actions }) => actions).filter((action) => ActivityAction[action] === name);
}
