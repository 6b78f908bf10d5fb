import { type Logger, LogLevel, type webApi } from '@slack/bolt';
import type { Log } from '../../src/core/ports.ts';

/** Slack's own address, where `SLACK_API_URL` names no other: GovSlack, a proxy or a test peer. */
export const slackApi = 'https://slack.com/api/';

/** Slack answers a healthy call within a second or two; past this it will not answer. */
export const timeoutMs = 10_000;

/**
 * The client never waits by itself: by default it would try ten times over half an hour and sit out every
 * Retry-After inside a job. The queue does that, where everybody can see it.
 */
export function clientOptions(apiUrl: string | null, log: Log): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl ?? slackApi,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: timeoutMs,
    logger: quietLogger(log),
  };
}

/** Slack's libraries log whole messages and addresses with secrets in them; only that they complained is kept. */
export function quietLogger(log: Log): Logger {
  const errorIn = (parts: readonly unknown[]) => parts.find((part) => part instanceof Error);
  const facts = (parts: readonly unknown[]) => {
    const error = errorIn(parts);
    return error ? { error } : {};
  };
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => log.info(facts(parts), 'slack.library-warning'),
    error: (...parts: unknown[]) => log.warn(facts(parts), 'slack.library-error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
