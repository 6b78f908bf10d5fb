import { STATUS_CODES } from 'node:http';
import { DefaultRestOptions, type RESTOptions } from 'discord.js';
import { Agent, type Dispatcher } from 'undici';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type Answered = Awaited<ReturnType<MakeRequest>>;
type Headers = Record<string, string | string[] | undefined>;

const agent = new Agent();

/**
 * One request of discord.js's REST client. The client's own way makes a stream and a `Headers` of every answer, a third
 * of what a call costs; here an answer is read whole, which puts its body under the client's time-out too. What carries
 * files goes the client's way.
 */
export const makeRequest: MakeRequest = (url, init) => {
  const { body } = init;
  return typeof body === 'string' || !body
    ? request(url, init, body || null)
    : DefaultRestOptions.makeRequest(url, init);
};

function request(url: string, { method, headers, signal }: Init, body: string | null): Promise<Answered> {
  const pathAt = url.indexOf('/', 'https://'.length);
  const options = {
    origin: url.slice(0, pathAt),
    path: url.slice(pathAt),
    method,
    headers,
    body,
  } as Dispatcher.DispatchOptions;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let status = 0;
    let answeredWith: Headers = {};
    agent.dispatch(options, {
      onRequestStart(controller) {
        if (signal?.aborted) controller.abort(signal.reason);
        else if (signal) signal.onabort = () => controller.abort(signal.reason);
      },
      onResponseStart(_controller, statusCode, found) {
        status = statusCode;
        answeredWith = found;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        if (signal) signal.onabort = null;
        resolve(answered(status, answeredWith, chunks));
      },
      onResponseError(_controller, error) {
        reject(error);
      },
    });
  });
}

/** As much of a `Response` as discord.js looks at. */
function answered(status: number, headers: Headers, chunks: readonly Buffer[]): Answered {
  const get = (name: string) => {
    const value = headers[name.toLowerCase()];
    return (Array.isArray(value) ? value[0] : value) ?? null;
  };
  const has = (name: string) => get(name) !== null;
  const whole = () => Buffer.concat(chunks);
  const response = {
    status,
    statusText: STATUS_CODES[status] ?? '',
    ok: status >= 200 && status < 300,
    headers: { get, has },
    body: null,
    bodyUsed: true,
    arrayBuffer: async () => new Uint8Array(whole()).buffer,
    text: async () => whole().toString(),
    json: async () => JSON.parse(whole().toString()) as unknown,
  };
  return response as unknown as Answered;
}
