import http from 'node:http';
import https from 'node:https';
import type { Log } from '../../src/core/ports.ts';
import { timeoutMs } from './client-options.ts';

/** docs.slack.dev, "Handling user interaction": a response URL works for 30 minutes; one minute to be sure. */
const worksMs = 29 * 60_000;

/** Answers by a response URL. False when it is used up, too old, or no address of Slack's. */
export type Respond = (url: string | null, receivedAt: number, message: object) => Promise<boolean>;

/**
 * @param apiUrl the override of Slack's address: what is behind it answers by its own response URLs
 */
export function makeRespond(apiUrl: string | null, log: Log): Respond {
  const trusted = new Set(['https://hooks.slack.com', 'https://hooks.slack-gov.com']);
  if (apiUrl) trusted.add(new URL(apiUrl).origin);

  return async (url, receivedAt, message) => {
    if (!url || Date.now() - receivedAt > worksMs) return false;
    // The address came through Slack's hands, but what we post to it is private: nobody else gets it.
    if (!URL.canParse(url) || !trusted.has(new URL(url).origin)) return false;
    try {
      const status = await postOnce(new URL(url), JSON.stringify(message));
      if (status >= 200 && status < 300) return true;
      log.info({ status }, 'slack.response-url-refused');
      return false;
    } catch (error) {
      // Perhaps it arrived: an answer told twice is better than one not told.
      log.info({ error: error as Error }, 'slack.response-url-silent');
      return false;
    }
  };
}

const agents = {
  'http:': new http.Agent({ keepAlive: true }),
  'https:': new https.Agent({ keepAlive: true }),
};

/** A kept connection may have been closed by the other side in the moment we took it; what we wrote was not read then. */
async function postOnce(url: URL, body: string): Promise<number> {
  try {
    return await post(url, body);
  } catch (error) {
    if (!(error instanceof ClosedMeanwhile)) throw error;
    return await post(url, body);
  }
}

class ClosedMeanwhile extends Error {}

/**
 * Posts JSON and gives the status; follows no redirect. Node's own client rather than `fetch`: it writes head and
 * body at once, and this is on the way of every answer.
 */
function post(url: URL, body: string): Promise<number> {
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  const { request } = protocol === 'http:' ? http : https;
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent: agents[protocol], headers }, (response) => {
      // Unread, it would keep its connection; what came of the message is known already.
      response.resume();
      response.once('error', () => {});
      response.once('close', () => {
        clearTimeout(late);
        resolve(response.statusCode ?? 0);
      });
    });
    const late = setTimeout(() => sent.destroy(new Error(`No answer within ${timeoutMs} ms`)), timeoutMs);
    sent.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      reject(sent.reusedSocket && error.code === 'ECONNRESET' ? new ClosedMeanwhile() : error);
    });
    sent.end(body);
  });
}
