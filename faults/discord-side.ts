import { type DiscordPeer, openDiscordPeer } from '../test/support/discord/peer.ts';
import type { Post } from './post.ts';

export type DiscordSide = {
  readonly peer: DiscordPeer;
  readonly guildId: string;
  readonly channels: { readonly general: string; readonly digest: string };
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
};

export async function openDiscordSide(post: Post): Promise<DiscordSide> {
  const plain = await openDiscordPeer();
  const guild = plain.addGuild('Neighbours', ['general', 'digest']);
  plain.world.mayCreateEvents.add(guild.id);
  const peer: DiscordPeer = {
    ...plain,
    gateway: {
      ...plain.gateway,
      dispatch(event, data, guildId) {
        // Nobody is connected while the process is down: then Discord has nowhere to bring it, and says nothing.
        void post.bring(() => plain.gateway.dispatch(event, data, guildId)).catch(() => {});
      },
    },
  };
  return {
    peer,
    guildId: guild.id,
    channels: { general: guild.channels.general ?? '', digest: guild.channels.digest ?? '' },
    env: { DISCORD_TOKEN: plain.world.token, DISCORD_API_URL: plain.apiUrl },
    close: () => plain.close(),
  };
}
