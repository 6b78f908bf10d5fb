import type { Fault as DiscordFault } from '../../test/support/discord/faults.ts';
import type { Fault as SlackFault } from '../../test/support/slack/peer.ts';
import type { FaultKind, Striking } from './kind.ts';

type Plain<T> = T extends unknown ? Omit<T, 'happened'> : never;

/** Any call, or a message in particular: those must be neither lost nor doubled. */
const slackMethods = ['*', 'chat.postMessage', 'response'] as const;

function onSlack(
  name: string,
  weight: number,
  draw: (of: Striking) => Plain<SlackFault>,
  most = 1,
): FaultKind {
  return {
    name: `Slack: ${name}`,
    weight,
    async strike(of) {
      const method = of.random.pick(slackMethods);
      const fault = { ...draw(of), happened: of.happened } as SlackFault;
      of.stage.slack.peer.misbehave(method, fault, of.random.between(1, most));
    },
  };
}

function onDiscord(
  name: string,
  weight: number,
  draw: (of: Striking) => Plain<DiscordFault>,
  most = 1,
): FaultKind {
  return {
    name: `Discord: ${name}`,
    weight,
    async strike(of) {
      const [method, path] = of.random.pick([
        ['*', /^\/(channels|interactions|webhooks|users)\//],
        ['POST', /^\/channels\/\d+\/messages$/],
      ] as const);
      const fault = { ...draw(of), happened: of.happened } as DiscordFault;
      of.stage.discord.peer.faults.next(method, path, fault, of.random.between(1, most));
    },
  };
}

/** How many calls in a row a storm of refusals takes at the most. */
const storm = 6;

export const platformKinds: readonly FaultKind[] = [
  onSlack('429', 6, () => ({ fault: 'rate-limited', retryAfterSeconds: 1 }), storm),
  onSlack('500', 5, () => ({ fault: 'server-error' }), 3),
  onSlack('cut before it did anything', 4, () => ({ fault: 'cut' })),
  onSlack('done, and cut before the answer', 6, () => ({ fault: 'done-unanswered' })),
  onSlack('hangs for good', 2, () => ({ fault: 'silence' })),
  onSlack('hangs for a while', 3, ({ random }) => ({ fault: 'slow', ms: random.between(500, 4_000) })),
  onDiscord(
    '429',
    6,
    ({ random }) => ({
      fault: 'rate-limit',
      retryAfterSeconds: random.pick([0.3, 1, 2]),
      scope: random.pick(['user', 'shared', 'global']),
    }),
    storm,
  ),
  onDiscord('500', 5, ({ random }) => ({ fault: 'status', status: random.pick([500, 502, 503]) }), 3),
  onDiscord('cut before it did anything', 4, () => ({ fault: 'cut' })),
  onDiscord('done, and 502 for an answer', 4, () => ({ fault: 'done-without-answer', status: 502 })),
  onDiscord('done, and no answer', 4, () => ({ fault: 'done-without-answer' })),
  onDiscord('hangs for good', 2, () => ({ fault: 'silence' })),
  onDiscord('an answer that never ends', 1, () => ({ fault: 'endless-body' })),
  {
    name: 'Discord: the gateway is cut',
    weight: 3,
    async strike({ stage, happened }) {
      stage.discord.peer.gateway.cut();
      happened();
    },
  },
];
