import {
  ApplicationCommandOptionType,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  type CommandInteractionOption,
  ComponentType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Fields } from '../../src/core/field.ts';
import type { Act, Incoming } from '../../src/core/incoming.ts';
import { pressName } from '../../src/core/press.ts';
import type { Registry } from '../../src/core/registry.ts';
import { accountOf } from './accounts.ts';
import { optionName } from './draw-commands.ts';
import type { GivenFile } from './read-file.ts';
import type { SpareFields } from './spare-fields.ts';

/** One interaction, parsed without I/O. */
export type Received = {
  readonly incoming: Incoming;
  /** Files by field: their text is fetched once the interaction is acknowledged. */
  readonly files: ReadonlyMap<string, { readonly file: GivenFile; readonly max: number }>;
  /** In a direct message Discord names no server; these may be messages that we sent there. */
  readonly direct: { readonly messageRefs: readonly string[] } | null;
};

type ReceiveScope = { readonly registry: Registry; readonly spareFields: SpareFields };

/** Stands for the text of a file until it has been fetched, so that the field does not count as empty. */
const unread = '…';

/** Null for what we registered no use for. */
export function receive(interaction: BaseInteraction, scope: ReceiveScope): Received | null {
  if (interaction.isChatInputCommand()) return receiveCommand(interaction, scope.registry);
  if (interaction.isMessageComponent()) return receivePress(interaction);
  if (interaction.isModalSubmit()) return receiveSubmit(interaction, scope);
  return null;
}

function receiveCommand(interaction: ChatInputCommandInteraction, registry: Registry): Received {
  const { options, commandName } = interaction;
  const words = [commandName, options.getSubcommandGroup(false), options.getSubcommand(false)];
  const name = words.filter(Boolean).join(' ');
  const fields = registry.commands.get(name)?.definition.options ?? {};
  const typed: Record<string, string> = {};
  const files = new Map<string, { file: GivenFile; max: number }>();
  for (const option of leaves(options.data)) {
    const [field, definition] = fieldNamed(option.name, fields);
    if (option.attachment) files.set(field, { file: option.attachment, max: definition?.max ?? 0 });
    typed[field] = option.attachment ? unread : typedValue(option);
  }
  const placeNames = namesOf(leaves(options.data).flatMap(({ channel }) => channel ?? []));
  return received(interaction, { act: 'command', name, typed }, { files, placeNames });
}

/** The options themselves, out of the sub-command they stand in. */
function leaves(options: readonly CommandInteractionOption[]): readonly CommandInteractionOption[] {
  return options.flatMap((option) => (option.options ? leaves(option.options) : [option]));
}

function fieldNamed(name: string, fields: Fields): [string, Fields[string] | undefined] {
  const found = Object.entries(fields).find(([field]) => optionName(field) === name);
  return found ?? [name, undefined];
}

/** Everything arrives as text; people and channels as their ids. */
function typedValue({ type, value }: CommandInteractionOption): string {
  if (type === ApplicationCommandOptionType.Boolean) return value === true ? 'yes' : 'no';
  return value === undefined ? '' : String(value);
}

function receivePress(interaction: MessageComponentInteraction): Received {
  const picked = interaction.isAnySelectMenu() ? interaction.values : [];
  return received(interaction, { act: 'press', id: interaction.customId, picked });
}

function receiveSubmit(
  interaction: ModalSubmitInteraction,
  { registry, spareFields }: ReceiveScope,
): Received {
  const { customId, fields: given } = interaction;
  const fields = fieldsOf(customId, registry);
  const values: Record<string, string> = {};
  const files = new Map<string, { file: GivenFile; max: number }>();
  for (const [name, input] of given.fields) {
    if (input.type === ComponentType.FileUpload) {
      const file = input.attachments?.first();
      if (file) {
        files.set(name, { file, max: fields[name]?.max ?? 0 });
        values[name] = unread;
      }
      continue;
    }
    if ('values' in input && input.values) values[name] = input.values.join(', ');
    else if ('value' in input && typeof input.value === 'string') values[name] = input.value;
  }
  const whole = spareFields.join(customId, interaction.user.id, values);
  const channels = [...given.fields.values()].flatMap((input) =>
    'channels' in input && input.channels ? [...input.channels.values()] : [],
  );
  const act = { act: 'submit', id: customId, values: whole } as const;
  return received(interaction, act, { files, placeNames: namesOf(channels) });
}

function namesOf(channels: readonly ({ id: string; name?: string | null } | null)[]) {
  return Object.fromEntries(
    channels.flatMap((channel): [string, string][] => (channel?.name ? [[channel.id, channel.name]] : [])),
  );
}

function fieldsOf(formId: string, registry: Registry): Fields {
  const command = registry.commands.get(optionsForm.commandName(formId) ?? '');
  return (
    command?.definition.options ?? registry.forms.get(pressName(formId))?.definition.fields ?? ({} as Fields)
  );
}

function received(
  interaction: BaseInteraction,
  act: Act,
  more: { files?: Received['files']; placeNames?: Record<string, string> } = {},
): Received {
  const { files = new Map(), placeNames = {} } = more;
  const { channel } = interaction;
  const placeName = channel && 'name' in channel ? channel.name : null;
  const inServer = interaction.guildId !== null;
  return {
    incoming: {
      platform: 'discord',
      deliveryKey: interaction.id,
      workspace: workspaceOf(interaction),
      account: accountOf(interaction),
      place:
        inServer && interaction.channelId
          ? { ref: interaction.channelId, name: placeName ?? interaction.channelId }
          : null,
      placeNames,
      ...act,
    },
    files,
    direct: inServer ? null : { messageRefs: messagesBehind(interaction) },
  };
}

export function workspaceOf({ guildId, guild }: BaseInteraction): Incoming['workspace'] {
  return { ref: guildId ?? '', name: guild?.name ?? guildId ?? '' };
}

/** The message that was pressed, and the one it answered: one of them is a message that delivery sent. */
function messagesBehind(interaction: BaseInteraction): string[] {
  const pressed = interaction.isMessageComponent() || interaction.isModalSubmit();
  const message = pressed ? interaction.message : null;
  if (!message) return [];
  const behind = message.interactionMetadata;
  const ids = [message.id, behind?.interactedMessageId, behind?.originalResponseMessageId];
  const before = behind?.triggeringInteractionMetadata?.interactedMessageId;
  return [...ids, before].filter((id): id is string => typeof id === 'string');
}
