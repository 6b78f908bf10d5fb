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
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(message),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      if (response.ok) return true;
      log.info({ status: response.status }, 'slack.response-url-refused');
      return false;
    } catch (error) {
      // Perhaps it arrived: an answer told twice is better than one not told.
      log.info({ error: error as Error }, 'slack.response-url-silent');
      return false;
    }
  };
}
