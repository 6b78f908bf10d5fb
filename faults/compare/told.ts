import { readable } from '../../test/support/discord/person.ts';
import { readBlocks } from '../../test/support/slack/read-blocks.ts';
import { deliveryIdOf } from '../slack-side.ts';
import type { Stage } from '../stage.ts';
import type { Findings } from './findings.ts';

/** A text that stands in one channel for everybody. */
export type Standing = { readonly place: string; readonly text: string };

/** Each of these words stands in each of these places in exactly one message. */
export function compareTold(
  words: readonly string[],
  places: readonly string[],
  standing: readonly Standing[],
): Findings {
  const lost: string[] = [];
  const duplicates: string[] = [];
  for (const each of words) {
    for (const place of places) {
      const times = standing
        .filter((one) => one.place === place)
        .reduce((sum, { text }) => sum + text.split(each).length - 1, 0);
      if (times === 0) lost.push(`“${each}” was never told in ${place}`);
      if (times > 1) duplicates.push(`“${each}” was told ${times} times in ${place}`);
    }
  }
  return { lost, duplicates, allowed: [] };
}

export const places = { slackDigest: '#digest on Slack', discordDigest: '#digest on Discord' } as const;
export const generals = { slack: '#general on Slack', discord: '#general on Discord' } as const;

/** What stands in the channels now, from the outbox: answers to somebody are left out. A delivery counts once. */
export function readStanding({ slack, discord }: Stage): Standing[] {
  const seen = new Set<string>();
  const first = (id: string | null) => id !== null && !seen.has(id) && Boolean(seen.add(id));
  const onSlack = slack.peer.messages
    .filter((message) => !message.gone && first(deliveryIdOf(message)))
    .flatMap(({ channel, blocks }): Standing[] => {
      const text = readBlocks(blocks);
      if (channel === slack.channels.general) return [{ place: generals.slack, text }];
      return channel === slack.channels.digest ? [{ place: places.slackDigest, text }] : [];
    });
  const onDiscord = [...discord.peer.world.messages.values()]
    .filter((message) => !message.gone && first(message.nonce))
    .flatMap(({ channelId, body }): Standing[] => {
      const text = readable(body);
      if (channelId === discord.channels.general) return [{ place: generals.discord, text }];
      return channelId === discord.channels.digest ? [{ place: places.discordDigest, text }] : [];
    });
  return [...onSlack, ...onDiscord];
}
