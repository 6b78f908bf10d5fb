import {
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';
import type { Command } from '../../src/core/command.ts';
import type { Field } from '../../src/core/field.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import { choiceLabel, commandWords, type Owned, type Registry } from '../../src/core/registry.ts';
import type { Say } from '../../src/core/words.ts';
import { localesOf } from './accounts.ts';
import { checkCommands } from './check-commands.ts';
import { postableChannels } from './draw-form.ts';
import { discordLimits as limits } from './limits.ts';

export type DiscordCommand = RESTPostAPIChatInputApplicationCommandsJSONBody;

const english: Reader = { language: 'en', timeZone: 'UTC' };

/**
 * The slash commands as Discord takes them: one for each root, its sub-commands below it. Throws when
 * Discord would refuse them.
 */
export function drawCommands(registry: Registry): DiscordCommand[] {
  const commands = registry.roots.map((root) => drawRoot(root, registry));
  checkCommands(commands);
  return commands;
}

function drawRoot(root: string, registry: Registry): DiscordCommand {
  const owned = [...registry.commands.values()].filter(({ definition }) => wordsOf(definition)[0] === root);
  const base = {
    name: root,
    type: ApplicationCommandType.ChatInput as const,
    // In direct messages Discord says no server, and so no coalition.
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  const alone = owned.find(({ definition }) => definition.name === root);
  if (alone) {
    if (owned.length > 1) throw new Error(`/${root} has sub-commands, so it cannot be a command itself`);
    return { ...base, ...described(alone), options: drawOptions(alone) };
  }
  const [first] = owned;
  const key = `command.${root}`;
  return {
    ...base,
    ...localisedName(first?.say, `command-name.${root}`),
    description: first?.say.has(key) ? first.say.plain(english, key) : summaryOf(owned),
    options: owned.map((each): APIApplicationCommandSubcommandOption => {
      const [, name = '', ...deeper] = wordsOf(each.definition);
      if (deeper.length > 0)
        throw new Error(`/${each.definition.name} is nested deeper than one sub-command`);
      return {
        name,
        type: ApplicationCommandOptionType.Subcommand,
        ...described(each),
        options: drawOptions(each),
      };
    }),
  };
}

const wordsOf = (command: Command) => command.name.split(' ');

/** What a root is for, where it has no words of its own: the names below it. Discord lists those anyway. */
function summaryOf(owned: readonly Owned<Command>[]): string {
  const names = owned.map(({ definition }) => wordsOf(definition)[1] ?? '');
  return shortened(names.join(', '), limits.commandDescription);
}

function described({ definition, say }: Owned<Command>) {
  const key = commandWords(definition);
  return {
    description: say.plain(english, key),
    ...localised('description_localizations', say, key),
    ...localisedName(say, key.replace(/^command\./, 'command-name.')),
  };
}

/** Required before optional: Discord refuses the other order. Within each the definition's order stays. */
function drawOptions({ definition, say }: Owned<Command>): APIApplicationCommandBasicOption[] {
  const prefix = commandWords(definition);
  const fields = Object.entries(definition.options);
  const sorted = [...fields.filter(([, field]) => field.required), ...fields.filter(([, f]) => !f.required)];
  return sorted.map(([name, field]) => drawOption(name, field, say, prefix));
}

function drawOption(
  name: string,
  field: Field<unknown>,
  say: Say,
  prefix: string,
): APIApplicationCommandBasicOption {
  const key = `${prefix}.${name}`;
  const hint = `${key}.hint`;
  const label = say.plain(english, key);
  const hinted = say.has(hint) ? `${label}: ${say.plain(english, hint)}` : label;
  const base = {
    name: optionName(name),
    // The hint helps while there is room for it; the label alone is enough to know what is meant.
    description: hinted.length <= limits.commandDescription ? hinted : label,
    required: field.required,
    ...localised('description_localizations', say, key),
    ...localisedName(say, key.replace(/^command\./, 'option-name.')),
  };
  const autocomplete = field.suggest !== undefined;
  switch (field.kind) {
    case 'text':
    case 'date':
    case 'date-time':
    case 'paragraph':
    case 'list':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        max_length: Math.min(limits.stringOption, field.max),
        ...(autocomplete ? { autocomplete } : {}),
      };
    case 'choice':
      return { ...base, type: ApplicationCommandOptionType.String, choices: drawChoices(field, say) };
    case 'whole-number':
      return {
        ...base,
        type: ApplicationCommandOptionType.Integer,
        ...(field.range ? { min_value: field.range.least, max_value: field.range.most } : {}),
        ...(autocomplete ? { autocomplete } : {}),
      };
    case 'yes-no':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'member':
      return { ...base, type: ApplicationCommandOptionType.User };
    case 'place':
      return { ...base, type: ApplicationCommandOptionType.Channel, channel_types: [...postableChannels] };
    case 'file':
      return { ...base, type: ApplicationCommandOptionType.Attachment };
    default:
      return field.kind satisfies never;
  }
}

function drawChoices(field: Field<unknown>, say: Say) {
  return (field.choices ?? []).map((value) => ({
    value,
    name: shortened(choiceLabel(say, field, value, english), limits.choiceName),
    ...localised('name_localizations', say, field.choiceWords ? `${field.choiceWords}.${value}` : value),
  }));
}

/** Options are lower case on Discord; `sizeBand` is `size-band` there. */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** Names can only be localised by words meant as names: a label is no command. */
const localisedName = (say: Say | undefined, key: string) =>
  say ? localised('name_localizations', say, key) : {};

/** The words in every language that has them, by Discord's locales; nothing when there are none. */
function localised<K extends 'name_localizations' | 'description_localizations'>(
  as: K,
  say: Say,
  key: string,
): { [k in K]?: LocalizationMap } {
  const found: LocalizationMap = {};
  for (const [language, words] of Object.entries(say.dictionaries)) {
    if (language === 'en' || words[key] === undefined) continue;
    for (const locale of localesOf(language)) found[locale] = words[key];
  }
  return Object.keys(found).length > 0 ? ({ [as]: found } as { [k in K]?: LocalizationMap }) : {};
}
