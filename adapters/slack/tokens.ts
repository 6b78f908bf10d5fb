import { webApi } from '@slack/bolt';
import { PlatformError } from '../../src/core/errors.ts';
import type { Clock, Log } from '../../src/core/ports.ts';
import type { Database } from '../../src/database.ts';
import type { Secrets } from '../../src/secrets.ts';
import { asPlatformError, slackCode } from './trouble.ts';

/** The bot token of each workspace. Throws `disconnected` where the app is not installed. */
export type Tokens = {
  get(teamId: string): Promise<string>;
  /** Reads it anew the next time. */
  forget(teamId: string): void;
};

/** The app in one workspace, by the token in the environment. */
export function oneToken(token: string): Tokens {
  return { get: async () => token, forget: () => {} };
}

/** How long a token read from the database is taken for the current one. */
const rememberMs = 60_000;
/** Access tokens live 12 hours; two hours before the end is what Slack's own SDKs use. */
const refreshBeforeMs = 2 * 60 * 60_000;
/** Longer than Slack may take to answer, so that the lock outlasts the call. */
const refreshWithinMs = 30_000;

export const botSecret = (teamId: string) => `slack-bot-token:${teamId}`;
export const refreshSecret = (teamId: string) => `slack-refresh-token:${teamId}`;

/** The app in many workspaces, by OAuth. */
export function storedTokens(of: {
  database: Database;
  realClock: Clock;
  secrets: Secrets;
  clientId: string;
  clientSecret: string;
  options: webApi.WebClientOptions;
  log: Log;
}): Tokens {
  const { database, realClock, secrets, log } = of;
  const now = () => realClock.now().getTime();
  const remembered = new Map<string, { token: string; until: number }>();
  const reading = new Map<string, Promise<string>>();

  async function read(teamId: string): Promise<string> {
    const row = await database.slackInstallation.findUnique({ where: { teamId } });
    if (!row?.botToken) throw new PlatformError('disconnected', 'slack', { detail: 'not installed' });
    const due = row.tokenExpiresAt !== null && row.tokenExpiresAt.getTime() - now() < refreshBeforeMs;
    const token =
      due && row.refreshToken ? await refresh(teamId) : secrets.open(row.botToken, botSecret(teamId));
    remembered.set(teamId, { token, until: Date.now() + rememberMs });
    return token;
  }

  /**
   * A refresh token works once. The row stays locked while Slack is asked, so that of several workers one asks
   * and the others find its answer; both new tokens are stored by the transaction that held the lock.
   */
  async function refresh(teamId: string): Promise<string> {
    return database.$transaction(
      async (tx) => {
        await tx.$queryRaw`select 1 from "SlackInstallation" where "teamId" = ${teamId} for update`;
        const row = await tx.slackInstallation.findUniqueOrThrow({ where: { teamId } });
        if (!row.botToken) throw new PlatformError('disconnected', 'slack', { detail: 'not installed' });
        const current = secrets.open(row.botToken, botSecret(teamId));
        const left = (row.tokenExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY) - now();
        if (left >= refreshBeforeMs || !row.refreshToken) return current;
        const renewed = await askForTokens(secrets.open(row.refreshToken, refreshSecret(teamId))).catch(
          (error) => {
            // Slack said no for good, or the old token has ended: there is nothing left to work with.
            if (slackCode(error) !== null || left <= 0) throw error;
            log.warn({ error: error as Error }, 'slack.refresh-failed');
            return null;
          },
        );
        if (!renewed) return current;
        await tx.slackInstallation.update({
          where: { teamId },
          data: {
            botToken: secrets.seal(renewed.accessToken, botSecret(teamId)),
            refreshToken: secrets.seal(renewed.refreshToken, refreshSecret(teamId)),
            tokenExpiresAt: new Date(now() + renewed.expiresInMs),
          },
        });
        log.info({}, 'slack.token-refreshed');
        return renewed.accessToken;
      },
      { maxWait: refreshWithinMs, timeout: refreshWithinMs },
    );
  }

  async function askForTokens(refreshToken: string) {
    const client = new webApi.WebClient(undefined, { ...of.options });
    const answer = await client.oauth.v2.access({
      client_id: of.clientId,
      client_secret: of.clientSecret,
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    });
    const { access_token, refresh_token, expires_in } = answer;
    if (!access_token || !refresh_token || !expires_in) {
      throw new PlatformError('refused', 'slack', { detail: 'no tokens in the answer' });
    }
    return { accessToken: access_token, refreshToken: refresh_token, expiresInMs: expires_in * 1000 };
  }

  return {
    async get(teamId) {
      const known = remembered.get(teamId);
      if (known && known.until > Date.now()) return known.token;
      const already = reading.get(teamId);
      if (already) return already;
      const started = read(teamId)
        .catch((error) => {
          throw slackCode(error) === 'invalid_refresh_token'
            ? new PlatformError('disconnected', 'slack', { cause: error })
            : asKnown(error);
        })
        .finally(() => reading.delete(teamId));
      reading.set(teamId, started);
      return started;
    },
    forget: (teamId) => void remembered.delete(teamId),
  };
}

/** Slack's trouble in shared words; our own, such as a lost key or database, as it is. */
function asKnown(error: unknown): unknown {
  return error instanceof webApi.SlackError ? asPlatformError(error) : error;
}
