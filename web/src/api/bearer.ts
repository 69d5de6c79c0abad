import { Code, ConnectError, type Interceptor, type StreamRequest } from "@connectrpc/connect";

/** What the interceptor needs of a session. */
export interface TokenSource {
  /** A token that is good for some seconds at least; rejects if there is no session. */
  token(): Promise<string>;
  /** A new token, because the server refused this one. */
  renew(refused: string): Promise<string>;
}

/** Sends the session's token; once refused as unauthenticated, renews it and tries once more. */
export function bearer(session: TokenSource): Interceptor {
  return (next) => async (request) => {
    const sent = request.stream ? await replayable(request) : request;
    const token = await session.token();
    sent.header.set("authorization", `Bearer ${token}`);
    try {
      return await next(sent);
    } catch (thrown) {
      if (ConnectError.from(thrown).code !== Code.Unauthenticated) throw thrown;
      sent.header.set("authorization", `Bearer ${await session.renew(token)}`);
      return await next(sent);
    }
  };
}

/** The browser sends one message on any rpc; it is read ahead so that it can be sent a second time. */
async function replayable(request: StreamRequest): Promise<StreamRequest> {
  const messages: (typeof request.message extends AsyncIterable<infer M> ? M : never)[] = [];
  for await (const message of request.message) messages.push(message);
  return { ...request, message: { [Symbol.asyncIterator]: () => toAsync(messages) } };
}

async function* toAsync<T>(items: T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}
