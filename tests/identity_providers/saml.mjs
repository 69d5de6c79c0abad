// A SAML 2.0 identity provider of another code base. It has no page: whoever comes is the person in PERSON.
// The query parameter `changed` (JSON) overrides samlp's options, `person` whom it vouches for.
// Environment: PORT, CERTIFICATE, KEY (PEM), PERSON (JSON). Prints "ready" once it listens.
import { createServer } from "node:http";
import samlp from "samlp";

const { PORT, CERTIFICATE, KEY, PERSON } = process.env;
const issuer = `http://127.0.0.1:${PORT}`;

class Profile {
  constructor(person) {
    this.person = person;
  }
  getClaims() {
    return this.person.attributes;
  }
  getNameIdentifier() {
    return { nameIdentifier: this.person.subject, nameIdentifierFormat: this.person.format ?? "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" };
  }
}

createServer((request, response) => {
  const query = Object.fromEntries(new URL(request.url, issuer).searchParams);
  const person = JSON.parse(query.person ?? PERSON);
  request.query = query;
  request.body = {};
  response.set = (name, value) => response.setHeader(name, value);
  response.send = (text) => {
    response.setHeader("content-type", "text/html");
    response.end(text);
  };
  samlp.parseRequest(request, (failure, asked) => {
    const consumer = query.consumer ?? asked?.assertionConsumerServiceURL;
    const options = {
      issuer,
      cert: CERTIFICATE,
      key: KEY,
      recipient: consumer,
      destination: consumer,
      audience: consumer,
      getPostURL: (_audience, _request, _req, done) => done(null, consumer),
      getUserFromRequest: () => person,
      profileMapper: () => new Profile(person),
      ...(query.SAMLRequest === undefined ? { RelayState: "" } : {}),
      ...JSON.parse(query.changed ?? "{}"),
    };
    samlp.auth(options)(request, response, (error) => {
      response.statusCode = 500;
      response.end(String(error ?? failure));
    });
  });
}).listen(Number(PORT), "127.0.0.1", () => console.log("ready"));
