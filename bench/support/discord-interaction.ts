import { stillRightPress } from '../../src/features/directory/partners/cards.ts';
import { memberFrame } from '../../test/support/discord/frames.ts';
import type { Partner } from './commands-coalition.ts';
import { discordMessage, ids } from './commands-peer.ts';

/** A command that reads one partner's card, or a press that writes to it, as Discord's gateway tells of it. */
export function interactionOf(
  kind: 'read' | 'write',
  partner: Pick<Partner, 'id' | 'name' | 'discord'>,
  number: number,
  guild: string = ids.guild,
) {
  const user = { id: partner.discord, username: 'ben', discriminator: '0', avatar: null };
  const data =
    kind === 'read'
      ? {
          id: ids.application,
          name: 'partners',
          type: 1,
          options: [{ name: 'show', type: 1, options: [{ name: 'partner', type: 3, value: partner.name }] }],
        }
      : { custom_id: stillRightPress.encode({ partner: partner.id }), component_type: 2 };
  return {
    id: String(1_400_000_000_000_000_000n + BigInt(number)),
    application_id: ids.application,
    type: kind === 'read' ? 2 : 3,
    data,
    token: `token-${number}`,
    version: 1,
    locale: 'en-US',
    guild_locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { '0': guild },
    context: 0,
    attachment_size_limit: 10_485_760,
    app_permissions: '0',
    guild_id: guild,
    channel_id: ids.channel,
    channel: { id: ids.channel, type: 0, name: 'general', guild_id: guild },
    member: memberFrame(user),
    ...(kind === 'write' ? { message: discordMessage } : {}),
  };
}
