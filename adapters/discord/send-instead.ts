import type { BaseInteraction } from 'discord.js';
import type { Answers } from '../../src/core/answer.ts';
import type { Asked } from '../../src/core/asked.ts';
import { note } from '../../src/core/card.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { Destination, Drawn, Tools } from '../../src/core/ports.ts';
import { recordLost } from '../../src/delivery/lost.ts';
import { type DiscordMessenger, markIn } from './messenger.ts';
import { say } from './words.ts';

/**
 * Brings an answer whose interaction has expired: as a message where the answer belongs, else to the person
 * directly. When that is closed too, staff are told that somebody did not get their answer.
 */
export async function sendInstead(
  of: {
    drawn: Drawn;
    privately: boolean;
    mode: Answers;
    asked: Asked | null;
    interaction: BaseInteraction;
  },
  { messenger, tools }: { messenger: DiscordMessenger; tools: Tools },
): Promise<void> {
  const { interaction, drawn, asked, mode } = of;
  const workspaceRef = interaction.guildId ?? '';
  const person: Destination = { workspaceRef, placeRef: `@${interaction.user.id}` };
  const channel: Destination | null = interaction.channelId
    ? { workspaceRef, placeRef: interaction.channelId }
    : null;
  const public_ = !of.privately && interaction.guildId !== null;
  const pressed = interaction.isMessageComponent() ? interaction.message : null;

  try {
    if (mode === 'by-updating' && public_ && channel && pressed && !pressed.flags.has('Ephemeral')) {
      // The message is ours, so it can be changed without the interaction.
      if (await works(() => messenger.redraw(channel, pressed.id, drawn, markIn(interaction)))) return;
    }
    const late = { ...drawn, card: { ...drawn.card, parts: [...drawn.card.parts, lateNote(drawn)] } };
    const message = { ...late, deliveryId: interaction.id, maybeSent: false };
    if (mode === 'in-channel' && public_ && channel) {
      if (await works(() => messenger.post(channel, message))) return;
    }
    await messenger.post(person, message);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    tools.log.warn({ code: error.code, error }, 'discord.answer-undeliverable');
    await recordLost(tools, asked, 'answer');
  }
}

const lateNote = ({ reader }: Drawn) => note(say(reader, 'late.text'));

async function works(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof PlatformError) return false;
    throw error;
  }
}
