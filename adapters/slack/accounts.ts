import { z } from 'zod';
import type { Log } from '../../src/core/ports.ts';
import { slackCode } from './trouble.ts';
import type { SlackApi } from './web-api.ts';

/** What Slack knows of a person, by `users.info` (`users:read`). */
export type SlackAccount = {
  readonly name: string;
  /** BCP 47, as Slack has it: `en-US`. */
  readonly language?: string;
  readonly timeZone?: string;
};

export type SlackAccounts = {
  /** What is known without asking. */
  known(teamId: string, userId: string): SlackAccount | null;
  /** Asks Slack, once for everybody who wants to know at this moment. Null when Slack does not tell. */
  find(teamId: string, userId: string): Promise<SlackAccount | null>;
};

/** Names, languages and time zones change seldom. */
const rememberMs = 60 * 60_000;
/** After a refusal, such as a stranger of Slack Connect, not at every click. */
const forgetRefusalMs = 5 * 60_000;
const mostRemembered = 20_000;

const userInfo = z.object({
  user: z.object({
    real_name: z.string().optional(),
    name: z.string().optional(),
    tz: z.string().nullish(),
    locale: z.string().nullish(),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  }),
});

export function makeSlackAccounts(api: SlackApi, log: Log): SlackAccounts {
  const remembered = new Map<string, { account: SlackAccount | null; until: number }>();
  const asking = new Map<string, Promise<SlackAccount | null>>();

  async function ask(teamId: string, userId: string): Promise<SlackAccount | null> {
    const key = `${teamId}/${userId}`;
    let account: SlackAccount | null = null;
    try {
      const answer = await api.call(teamId, 'users.info', { user: userId, include_locale: true });
      account = accountOf(userInfo.parse(answer).user);
    } catch (error) {
      log.info({ code: slackCode(error), error: error as Error }, 'slack.user-unknown');
    }
    const [oldest] = remembered.keys();
    if (remembered.size >= mostRemembered && oldest !== undefined) remembered.delete(oldest);
    remembered.set(key, { account, until: Date.now() + (account ? rememberMs : forgetRefusalMs) });
    return account;
  }

  return {
    known(teamId, userId) {
      const found = remembered.get(`${teamId}/${userId}`);
      return found && found.until > Date.now() ? found.account : null;
    },
    find(teamId, userId) {
      const key = `${teamId}/${userId}`;
      const found = remembered.get(key);
      if (found && found.until > Date.now()) return Promise.resolve(found.account);
      const already = asking.get(key);
      if (already) return already;
      const started = ask(teamId, userId).finally(() => asking.delete(key));
      asking.set(key, started);
      return started;
    },
  };
}

function accountOf(user: z.output<typeof userInfo>['user']): SlackAccount {
  const name = user.profile?.real_name || user.real_name || user.profile?.display_name || user.name || '';
  return {
    name,
    ...(user.locale ? { language: user.locale } : {}),
    ...(user.tz ? { timeZone: user.tz } : {}),
  };
}
