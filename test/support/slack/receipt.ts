import type { SlackPeer } from './peer.ts';
import type { PeerMessage } from './web-methods.ts';

/** What Slack tells an app of a message of its own that carries metadata. */
export function drawReceipt(message: PeerMessage, peer: SlackPeer): object {
  return {
    type: 'event_callback',
    team_id: peer.team.id,
    api_app_id: peer.appId,
    event_id: peer.nextId('Ev'),
    event_time: Math.floor(Date.now() / 1000),
    event: {
      type: 'message_metadata_posted',
      app_id: peer.appId,
      bot_id: 'BBOT00001',
      user_id: 'UBOT00001',
      team_id: peer.team.id,
      channel_id: message.channel,
      metadata: message.metadata,
      message_ts: message.ts,
      event_ts: message.ts,
    },
  };
}
