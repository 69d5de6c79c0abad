import { Code, ConnectError, type StreamRequest, type UnaryRequest, type UnaryResponse } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { bearer, type TokenSource } from "./bearer";

const session: TokenSource = { token: () => Promise.resolve("old"), renew: () => Promise.resolve("new") };
const reply = {} as UnaryResponse;

/** Refuses all tokens but one; writes down what it was sent. */
function server(good: string, sent: unknown[]) {
  return async (request: UnaryRequest | StreamRequest): Promise<UnaryResponse> => {
    const token = request.header.get("authorization");
    sent.push(token);
    if (request.stream) for await (const message of request.message) sent.push(message);
    if (token !== `Bearer ${good}`) throw new ConnectError("expired", Code.Unauthenticated);
    return reply;
  };
}

it("sends the token", async () => {
  const sent: unknown[] = [];
  await bearer(session)(server("old", sent))({ stream: false, header: new Headers() } as UnaryRequest);
  expect(sent).toEqual(["Bearer old"]);
});

it("renews a refused token and sends a stream's message again", async () => {
  const sent: unknown[] = [];
  async function* message() {
    yield await Promise.resolve("question");
  }
  const request = { stream: true, header: new Headers(), message: message() } as unknown as StreamRequest;
  await bearer(session)(server("new", sent))(request);
  expect(sent).toEqual(["Bearer old", "question", "Bearer new", "question"]);
});

it("tries no third time", async () => {
  const sent: unknown[] = [];
  await expect(bearer(session)(server("other", sent))({ stream: false, header: new Headers() } as UnaryRequest)).rejects.toThrow("expired");
  expect(sent).toHaveLength(2);
});

it("passes other errors on", async () => {
  const failing = () => Promise.reject(new ConnectError("no", Code.PermissionDenied));
  await expect(bearer(session)(failing)({ stream: false, header: new Headers() } as UnaryRequest)).rejects.toThrow("no");
});
