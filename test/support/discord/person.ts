import { setTimeout as sleep } from 'node:timers/promises';
import { drawMessage } from './api-messages.ts';
import { memberFrame } from './frames.ts';
import type { DiscordPeer } from './peer.ts';
import type { Component, MessageBody, Modal, PeerInteraction, PeerMessage } from './world.ts';

/** What somebody sees after something they did. */
export type DiscordReply = {
  /** The type of the first response: 4 message, 5 thinking, 6 update later, 8 choices, 9 form. */
  readonly acknowledged: number | null;
  /** The answer: in the place of "thinking", the message that was changed, or the first one behind it. */
  readonly message: PeerMessage | null;
  readonly follows: readonly PeerMessage[];
  readonly modal: Modal | null;
  readonly choices: readonly { readonly name: string; readonly value: string }[];
  /** Everything readable in the answer. */
  readonly text: string;
};

export type DiscordPerson = {
  readonly id: string;
  readonly name: string;
  /** Runs a slash command in a channel of their server. A value that is a file is given as `{ file }`. */
  runs(command: string, options?: Readonly<Record<string, OptionValue>>): Promise<DiscordReply>;
  types(command: string, option: string, typed: string): Promise<DiscordReply>;
  presses(label: string, on: PeerMessage | DiscordReply): Promise<DiscordReply>;
  /** Presses whatever the id leads to, as a client that was tampered with could. */
  pressesId(id: string, on: PeerMessage): Promise<DiscordReply>;
  picks(value: string, on: PeerMessage | DiscordReply): Promise<DiscordReply>;
  /** Fills the form that was opened, keeping what stands in it. */
  fills(values: Readonly<Record<string, OptionValue>>, reply: DiscordReply): Promise<DiscordReply>;
  /** Sends the last thing they did once more, as Discord may. */
  again(): Promise<void>;
};

export type OptionValue =
  | string
  | number
  | boolean
  | { readonly file: string | Buffer; readonly name?: string };

const optionTypes: Readonly<Record<string, number>> = { string: 3, number: 4, boolean: 5, object: 11 };

export function makeDiscordPerson(of: {
  peer: DiscordPeer;
  name: string;
  guildId: string;
  channelId: string;
  locale?: string;
  /** Set for somebody who writes to the bot directly. */
  direct?: boolean;
  /** Resolves when the bot has answered everything it has received. */
  settled(interaction: PeerInteraction): Promise<void>;
  /** How long they wait for a first response, in milliseconds; for ever, unless it says otherwise. */
  patienceMs?: number;
}): DiscordPerson {
  const { peer, name, guildId } = of;
  const { world } = peer;
  const id = world.snowflake();
  const user = { id, username: name.toLowerCase(), global_name: name, discriminator: '0', avatar: null };
  let last: { payload: unknown } | null = null;
  let lastModal: { fromMessage: string | null } = { fromMessage: null };

  async function does(
    type: number,
    data: unknown,
    how: { message?: PeerMessage | null; isSubmit?: boolean; answersWith?: 'form' } = {},
  ): Promise<DiscordReply> {
    const direct = of.direct || (how.message && how.message.channelId === world.direct.get(id));
    const channelId = how.message?.channelId ?? of.channelId;
    const interaction: PeerInteraction = {
      id: world.snowflake(),
      token: `token-${world.snowflake()}`,
      createdAt: world.now(),
      channelId,
      userId: id,
      fromMessage: how.message?.id ?? null,
      isSubmit: how.isSubmit ?? false,
      acknowledged: null,
      ephemeral: false,
      original: null,
      thinking: false,
      follows: [],
      modal: null,
      choices: null,
    };
    world.interactions.set(interaction.id, interaction);
    const person = direct ? { user } : { member: memberFrame(user), guild_id: guildId };
    const guild = world.guilds.get(guildId);
    const payload = {
      id: interaction.id,
      application_id: world.applicationId,
      type,
      data,
      token: interaction.token,
      version: 1,
      locale: of.locale ?? 'en-US',
      guild_locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { '0': guildId },
      context: direct ? 1 : 0,
      attachment_size_limit: 10_485_760,
      app_permissions: '0',
      channel_id: channelId,
      channel: direct
        ? { id: channelId, type: 1 }
        : { id: channelId, type: 0, name: guild?.channels.get(channelId) ?? 'somewhere', guild_id: guildId },
      ...person,
      ...(how.message ? { message: drawMessage(how.message, peer.world) } : {}),
    };
    last = { payload };
    peer.gateway.dispatch('INTERACTION_CREATE', payload, direct ? undefined : guildId);
    const asked = performance.now();
    const isOver = () => of.patienceMs !== undefined && performance.now() - asked > of.patienceMs;
    const tries = () => of.patienceMs === undefined && peer.requests.some(isFor(interaction));
    while (interaction.acknowledged === null && !tries()) {
      if (isOver()) throw new Error('The application did not respond');
      await Promise.race([peer.changed(), ...(of.patienceMs === undefined ? [] : [sleep(200)])]);
    }
    await of.settled(interaction);
    if (interaction.modal) lastModal = { fromMessage: interaction.fromMessage };
    return replyOf(interaction, peer);
  }

  return {
    id,
    name,
    async runs(command, options = {}) {
      const [root = '', sub] = command.replace(/^\//, '').split(' ');
      const resolved = resolvedIn(Object.values(options), peer);
      const given = Object.entries(options).map(([option, value]) => ({
        name: option,
        type: typeIn(peer, root, sub, option) ?? optionTypes[typeof value],
        value: typeof value === 'object' ? attachmentIn(resolved.attachments, value, peer) : value,
      }));
      const nested = sub === undefined ? given : [{ name: sub, type: 1, options: given }];
      return does(2, { id: world.snowflake(), name: root, type: 1, options: nested, resolved });
    },
    async types(command, option, typed) {
      const [root = '', sub = ''] = command.replace(/^\//, '').split(' ');
      const focused = { name: option, type: 3, value: typed, focused: true };
      const options = [{ name: sub, type: 1, options: [focused] }];
      return does(4, { id: world.snowflake(), name: root, type: 1, options });
    },
    async presses(label, on) {
      const message = messageOf(on);
      const found = everyComponent(message.body).find((each) => each.type === 2 && each.label === label);
      if (!found?.custom_id) throw new Error(`${name} sees no button “${label}”`);
      return does(3, { custom_id: found.custom_id, component_type: 2 }, { message });
    },
    pressesId: (custom_id, message) => does(3, { custom_id, component_type: 2 }, { message }),
    async picks(value, on) {
      const message = messageOf(on);
      const select = everyComponent(message.body).find((each) => each.type === 3);
      if (!select?.custom_id) throw new Error(`${name} sees nothing to pick from`);
      const data = { custom_id: select.custom_id, component_type: 3, values: [value] };
      return does(3, data, { message });
    },
    async fills(values, { modal }) {
      if (!modal) throw new Error(`${name} has no open form`);
      const resolved = resolvedIn(Object.values(values), peer);
      const labels = modal.components.filter(({ type }) => type === 18);
      const names = labels.map(({ component }) => component?.custom_id);
      const unknown = Object.keys(values).filter((each) => !names.includes(each));
      if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}`);
      const components = labels.map((label) => {
        const { component } = label;
        if (!component?.custom_id) throw new Error('A label without a field');
        return { type: 18, component: filled(component, values[component.custom_id], resolved, peer) };
      });
      const message = lastModal.fromMessage ? world.messages.get(lastModal.fromMessage) : undefined;
      const data = { custom_id: modal.custom_id, components, resolved };
      return does(5, data, { isSubmit: true, message: message ?? null });
    },
    async again() {
      if (!last) throw new Error(`${name} has done nothing yet`);
      peer.gateway.dispatch('INTERACTION_CREATE', last.payload, of.direct ? undefined : guildId);
      // Nothing may come of it, so something else is asked for: events arrive in their order.
      const done = last;
      const options = [{ name: 'nothing', type: 3, value: '', focused: true }];
      await does(4, { id: world.snowflake(), name: 'nothing', type: 1, options });
      last = done;
    },
  };
}

const isFor =
  ({ id }: PeerInteraction) =>
  ({ path }: { path: string }) =>
    path.startsWith(`/interactions/${id}/`);

/** The type of an option as it was registered, which a client goes by. */
function typeIn({ world }: DiscordPeer, root: string, sub: string | undefined, option: string) {
  type Option = { name: string; type: number; options?: Option[] };
  const command = world.commands.find((each) => each.name === root) as unknown as Option | undefined;
  const under = sub === undefined ? command : command?.options?.find((each) => each.name === sub);
  if (!under) throw new Error(`/${root} ${sub ?? ''} is not registered`);
  const found = under.options?.find((each) => each.name === option);
  if (!found) throw new Error(`/${root} ${sub ?? ''} has no option ${option}`);
  return found.type;
}

/** What Discord sends along about the channels that were picked, and later the files. */
function resolvedIn(values: readonly OptionValue[], { world }: DiscordPeer) {
  const named = [...world.guilds.values()].flatMap(({ channels }) => [...channels]);
  const picked = named.filter(([id]) => values.includes(id));
  return {
    attachments: {} as Record<string, unknown>,
    channels: Object.fromEntries(
      picked.map(([id, name]) => [id, { id, name, type: 0, permissions: '0', permission_overwrites: [] }]),
    ),
  };
}

function attachmentIn(
  attachments: Record<string, unknown>,
  { file, name = 'table.csv' }: { file: string | Buffer; name?: string },
  peer: DiscordPeer,
): string {
  const id = peer.world.snowflake();
  const url = peer.attach(file);
  attachments[id] = { id, filename: name, size: Buffer.byteLength(file), url, proxy_url: url };
  return id;
}

function filled(
  component: Component,
  given: OptionValue | undefined,
  resolved: { attachments: Record<string, unknown> },
  peer: DiscordPeer,
) {
  const { type, custom_id } = component;
  if (type === 4) return { type, custom_id, value: String(given ?? component.value ?? '') };
  if (type === 19) {
    const values = typeof given === 'object' ? [attachmentIn(resolved.attachments, given, peer)] : [];
    return { type, custom_id, values };
  }
  const kept =
    component.options?.filter((each) => each.default).map(({ value }) => value) ??
    component.default_values?.map(({ id }) => id) ??
    [];
  return { type, custom_id, values: given === undefined ? kept : [String(given)] };
}

function messageOf(on: PeerMessage | DiscordReply): PeerMessage {
  if ('body' in on) return on;
  const message = on.follows.at(-1) ?? on.message;
  if (!message) throw new Error('There is no message to press anything on');
  return message;
}

function replyOf(interaction: PeerInteraction, { world }: DiscordPeer): DiscordReply {
  const find = (id: string | null) => (id === null ? null : (world.messages.get(id) ?? null));
  const original = find(interaction.original);
  const follows = interaction.follows.map(find).filter((each) => each !== null);
  const shown = follows.at(-1) ?? original;
  return {
    acknowledged: interaction.acknowledged,
    message: original && !original.gone ? original : null,
    follows,
    modal: interaction.modal,
    choices: interaction.choices ?? [],
    text: shown && !shown.gone ? readable(shown.body) : '',
  };
}

/** Everything that can be read in a message, top to bottom. */
export function readable(body: MessageBody): string {
  return everyComponent(body)
    .map(({ content, label, placeholder }) => content ?? label ?? placeholder ?? '')
    .filter(Boolean)
    .join('\n');
}

export function everyComponent(body: MessageBody): Component[] {
  const walk = (node: Component): Component[] => [node, ...(node.components ?? []).flatMap(walk)];
  return (body.components ?? []).flatMap(walk);
}
