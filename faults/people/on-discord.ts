import { setTimeout as sleep } from 'node:timers/promises';
import { type DiscordReply, everyComponent, makeDiscordPerson } from '../../test/support/discord/person.ts';
import { shownText } from '../../test/support/discord/read-message.ts';
import type { PeerInteraction, PeerMessage } from '../../test/support/discord/world.ts';
import type { DiscordSide } from '../discord-side.ts';
import { type Expected, nothing, type Person, patienceMs, type Seen, type Told } from './person.ts';

export function makePersonOnDiscord(
  discord: DiscordSide,
  of: { name: string; organisation: string },
): Person {
  const { peer, guildId, channels } = discord;
  const { world } = peer;

  /** Resolves when the interaction has an answer behind its first response, or patience ends. */
  async function settled(interaction: PeerInteraction): Promise<void> {
    const { acknowledged, fromMessage } = interaction;
    const edits = () => world.messages.get(fromMessage ?? '')?.edits ?? 0;
    const stood = edits();
    const until = Date.now() + patienceMs;
    while (Date.now() < until) {
      if (acknowledged === 5 && !interaction.thinking) return;
      if (acknowledged === 6 && (edits() > stood || interaction.follows.length > 0)) return;
      if (acknowledged !== 5 && acknowledged !== 6) return;
      await sleep(40);
    }
  }

  const person = makeDiscordPerson({
    peer,
    name: of.name,
    guildId,
    channelId: channels.general,
    settled,
    patienceMs,
  });
  let form: DiscordReply | null = null;
  const shown = (message: PeerMessage): Seen => ({
    text: shownText(message.body),
    buttons: everyComponent(message.body).flatMap(({ type, label }) => (type === 2 && label ? [label] : [])),
    on: message,
  });

  async function does(work: () => Promise<DiscordReply>, expected: Expected): Promise<Told> {
    form = null;
    let reply: DiscordReply;
    try {
      reply = await work();
    } catch {
      return nothing;
    }
    if (reply.modal) {
      form = reply;
      const told = expected === 'form' ? 'as expected' : 'something else';
      return { told, seen: { text: '', buttons: [], on: null } };
    }
    const message = reply.follows.at(-1) ?? reply.message;
    if (!message) return nothing;
    const seen = shown(message);
    const right = expected !== 'form' && expected.test(seen.text);
    return { told: right ? 'as expected' : 'something else', seen };
  }

  function mine(message: PeerMessage): boolean {
    if (!message.ephemeral)
      return [channels.general, world.direct.get(person.id)].includes(message.channelId);
    return world.interactions.get(message.interactionId ?? '')?.userId === person.id;
  }

  return {
    ...of,
    on: 'discord',
    runs: (command, options, expected) => does(() => person.runs(command, options), expected),
    presses: (label, { on }, expected) => does(() => person.presses(label, on as PeerMessage), expected),
    async fills(values, expected) {
      const opened = form;
      return opened ? does(() => person.fills(values, opened), expected) : nothing;
    },
    async sees(words, button) {
      const found = [...world.messages.values()].filter((each) => !each.gone && mine(each)).map(shown);
      return (
        found.findLast(
          ({ text, buttons }) => text.includes(words) && (button === undefined || buttons.includes(button)),
        ) ?? null
      );
    },
  };
}
