// An OpenID Connect provider of another code base, for one client. It has no page: the account is whom login_hint names.
// Environment: PORT, REDIRECT_URI, CLIENT_SECRET, CLAIMS (JSON: e-mail to claims). Prints "ready" once it listens.
import { Provider } from "oidc-provider";

const { PORT, REDIRECT_URI, CLIENT_SECRET, CLAIMS } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;
const people = JSON.parse(CLAIMS);

const provider = new Provider(issuer, {
  clients: [{ client_id: "infinure", client_secret: CLIENT_SECRET, redirect_uris: [REDIRECT_URI], grant_types: ["authorization_code"], response_types: ["code"] }],
  pkce: { required: () => true },
  conformIdTokenClaims: false,
  claims: { openid: ["sub", "groups"], email: ["email", "email_verified"], profile: ["given_name", "family_name"] },
  cookies: { keys: ["for tests alone"] },
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, subject) => ({ accountId: subject, claims: () => Object.values(people).find((person) => person.sub === subject) }),
});

provider.use(async (context, next) => {
  if (!context.path.startsWith("/interaction/")) return next();
  const { params } = await provider.interactionDetails(context.req, context.res);
  const accountId = people[params.login_hint].sub;
  const grant = new provider.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const result = { login: { accountId }, consent: { grantId: await grant.save() } };
  await provider.interactionFinished(context.req, context.res, result, { mergeWithLastSubmission: false });
});

provider.on("server_error", (_, error) => console.error(error));
provider.listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
