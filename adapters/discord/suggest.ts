import type { APIApplicationCommandOptionChoice, AutocompleteInteraction, REST } from 'discord.js';
import type { Dispatch } from '../../src/core/dispatch.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Log } from '../../src/core/ports.ts';
import { within } from '../../src/core/within.ts';
import { accountOf } from './accounts.ts';
import { optionName } from './draw-commands.ts';
import { discordLimits as limits } from './limits.ts';
import { workspaceOf } from './receive.ts';
import { repliesTo } from './replies.ts';

/** Suggestions that come later are of no use: Discord waits 3 seconds. */
const withinMs = 2_400;

/** Says what could be meant by an option being typed. Never throws, and never makes anybody wait. */
export async function suggest(
  interaction: AutocompleteInteraction,
  { dispatch, rest, log }: { dispatch: Dispatch; rest: REST; log: Log },
): Promise<void> {
  try {
    const { options, commandName, channelId } = interaction;
    const focused = options.getFocused(true);
    const command = [commandName, options.getSubcommand(false)].filter(Boolean).join(' ');
    const fields = Object.keys(dispatch.registry.commands.get(command)?.definition.options ?? {});
    const option = fields.find((field) => optionName(field) === focused.name) ?? focused.name;
    const sender = {
      platform: 'discord' as const,
      workspace: workspaceOf(interaction),
      account: accountOf(interaction),
      place: channelId ? { ref: channelId, name: channelId } : null,
    };
    const finding = dispatch.suggest(sender, { command, option, typed: focused.value });
    const found = await within(finding, withinMs);
    const choices = (found === 'late' ? [] : found)
      // A shortened value would mean something else.
      .filter(({ value }) => value.length >= 1 && value.length <= limits.choiceName)
      .slice(0, limits.options)
      .map(
        ({ value, label }): APIApplicationCommandOptionChoice<string> => ({
          value,
          name: shortened(label, limits.choiceName),
        }),
      );
    await repliesTo(interaction, rest).suggest(choices);
  } catch (error) {
    log.warn({ error: error as Error }, 'discord.suggest-failed');
  }
}
