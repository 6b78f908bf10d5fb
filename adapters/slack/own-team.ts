import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { ConfigError } from '../../src/config.ts';
import type { Tools } from '../../src/core/ports.ts';
import { recordWorkspacesBack } from '../../src/delivery/workspaces.ts';
import { isTokenTrouble, slackCode } from './trouble.ts';

const retryMs = 10_000;
const authTest = z.object({ team_id: z.string(), team: z.string() });

type OwnTeam = { readonly id: string; readonly name: string };

/**
 * Which workspace the one token belongs to. A token that Slack does not take is told at once; while Slack is
 * away, the bot starts without knowing and asks again.
 */
export function findOwnTeam(
  token: string,
  options: webApi.WebClientOptions,
  tools: Tools,
): { first: Promise<void>; known(): OwnTeam | null; stop(): void } {
  const client = new webApi.WebClient(token, { ...options });
  let team: OwnTeam | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function ask(): Promise<void> {
    try {
      const { team_id, team: name } = authTest.parse(await client.auth.test());
      team = { id: team_id, name };
      // A token that works says that the app is there, whatever Slack told us of the one before.
      const of = { platform: 'slack', refs: [team_id] } as const;
      await tools.write((writing) => recordWorkspacesBack(writing, tools.staffTasks, of));
    } catch (error) {
      if (slackCode(error) !== null && isTokenTrouble(error)) {
        throw new ConfigError(
          `SLACK_BOT_TOKEN: Slack answered ${slackCode(error)}. Copy the Bot User OAuth Token, which starts with xoxb-.`,
        );
      }
      tools.log.warn({ error: error as Error }, 'slack.workspace-unknown');
      if (!stopped) timer = setTimeout(() => void ask().catch(() => {}), retryMs);
    }
  }

  return {
    first: ask(),
    known: () => team,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
