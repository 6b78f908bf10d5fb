import { isDeepStrictEqual } from 'node:util';
import { type APIApplicationCommand, ApplicationCommandType, type REST, Routes } from 'discord.js';
import type { DiscordCommand } from './draw-commands.ts';

/** Registers the commands for every server, and does nothing when Discord has them as they are. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  commands: readonly DiscordCommand[],
): Promise<'registered' | 'unchanged'> {
  const route = Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const there = (await rest.get(route, { query })) as APIApplicationCommand[];
  if (isDeepStrictEqual(byName(there), byName(commands))) return 'unchanged';
  await rest.put(route, { body: commands });
  return 'registered';
}

const byName = (commands: readonly Comparable[]) =>
  commands.map(comparable).sort((a, b) => (a.name < b.name ? -1 : 1));

type Comparable = { readonly name: string; readonly description: string };

/** A command as we mean it: without what Discord adds, and with its defaults spelt out. */
function comparable(of: Comparable): { name: string } & Record<string, unknown> {
  const each = of as Comparable & Record<string, unknown>;
  const list = (value: unknown) => (Array.isArray(value) ? value : []);
  return {
    name: each.name,
    description: each.description,
    type: each.type ?? ApplicationCommandType.ChatInput,
    nameLocalizations: { ...(each.name_localizations as object) },
    descriptionLocalizations: { ...(each.description_localizations as object) },
    contexts: list(each.contexts),
    integrationTypes: list(each.integration_types),
    required: each.required ?? false,
    autocomplete: each.autocomplete ?? false,
    channelTypes: [...list(each.channel_types)].sort((a, b) => a - b),
    limits: [
      each.min_value ?? null,
      each.max_value ?? null,
      each.min_length ?? null,
      each.max_length ?? null,
    ],
    choices: list(each.choices).map(({ name, value, name_localizations }) => ({
      name,
      value,
      nameLocalizations: { ...name_localizations },
    })),
    options: list(each.options).map((option) => comparable(option)),
  };
}
