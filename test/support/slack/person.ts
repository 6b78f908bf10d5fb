import type { ContractPerson, OpenedForm, Seen } from '../../adapters/contract.ts';
import type { Acknowledged, Deliver } from './deliver.ts';
import type { SlackPeer } from './peer.ts';
import { findActing, readBlocks } from './read-blocks.ts';
import type { PeerMessage, PeerUser, PeerView } from './web-methods.ts';

export type SlackPerson = ContractPerson & {
  readonly ref: string;
  readonly directMessages: string;
  /** How long their triggers live from now on; Slack gives three seconds. */
  triggersLive(ms: number): void;
  /** The last acknowledgement they got. */
  acknowledged(): Acknowledged;
  opensHome(): Promise<void>;
  home(): string;
  /** Presses something in their App Home. */
  pressesAtHome(label: string): Promise<void>;
  /** The raw message behind what they see. */
  raw(seen: Seen): PeerMessage;
  /** What of their screen answers somebody; the rest may come at any moment. */
  answers(): readonly Seen[];
  modal(): PeerView | null;
  /** Hands over a file in the open form. */
  fillsFile(field: string, name: string, content: Buffer): Promise<void>;
};

type Json = Readonly<Record<string, unknown>>;
type Element = Json & { action_id: string; type: string };

/** Somebody in Slack: what they do is delivered as Slack delivers it. */
export function makeSlackPerson(of: {
  name: string;
  peer: SlackPeer;
  deliver: Deliver;
  channel: string;
  kind?: PeerUser['kind'];
  /** Where they come from, when it is not the bot's own workspace. */
  team?: string;
}): SlackPerson {
  const { name, peer, deliver, channel } = of;
  const ref = `U0${name.toUpperCase().padEnd(7, '0')}`;
  const directMessages = `D${ref.slice(1)}`;
  peer.users.set(ref, { id: ref, name, tz: 'America/Winnipeg', locale: 'en-CA', kind: of.kind ?? 'member' });
  const team = { id: of.team ?? peer.team.id, domain: 'ready' };
  const user = { id: ref, username: name.toLowerCase(), name: name.toLowerCase(), team_id: team.id };
  const seen = new Map<PeerMessage, Seen>();
  let last: { kind: 'slash_commands' | 'interactive'; payload: object } | null = null;
  let acknowledged: Acknowledged = { status: 0, body: '', tookMs: 0 };

  async function send(kind: 'slash_commands' | 'interactive', payload: object, retry?: number) {
    last = { kind, payload };
    acknowledged = await deliver(kind, payload, retry ? { retry } : {});
    if (acknowledged.status !== 200) throw new Error(`Slack got ${acknowledged.status}`);
    return acknowledged.body === '' ? {} : (JSON.parse(acknowledged.body) as Json);
  }

  let triggerMs = 3000;
  const trigger = () => peer.newTrigger(ref, triggerMs);
  /** A conversation of several, which the peer names after its people. */
  const isGroup = (id: string) => id.startsWith('G') && id.includes(ref.slice(1));
  const onScreen = (message: PeerMessage) =>
    (message.channel === channel || message.channel === directMessages || isGroup(message.channel)) &&
    (message.visibleTo === null || message.visibleTo === ref);

  function look(message: PeerMessage): Seen {
    const known = seen.get(message);
    if (known) return known;
    const made: Seen = {
      get text() {
        return readBlocks(message.blocks);
      },
      private: message.visibleTo !== null || message.channel.startsWith('D'),
      get buttons() {
        return elementsIn(message.blocks).flatMap((each) => (each.type === 'button' ? [labelOf(each)] : []));
      },
      get asking() {
        return elementsIn(message.blocks).flatMap((each) => (each.confirm ? [labelOf(each)] : []));
      },
      get gone() {
        return message.gone;
      },
      get acting() {
        return findActing(message);
      },
    };
    seen.set(message, made);
    return made;
  }

  function raw(what: Seen): PeerMessage {
    for (const [message, each] of seen) if (each === what) return message;
    throw new Error('Nothing on the screen is that');
  }

  async function act(message: PeerMessage, action: Json): Promise<void> {
    const ephemeral = message.visibleTo !== null;
    await send('interactive', {
      type: 'block_actions',
      api_app_id: peer.appId,
      team,
      user,
      trigger_id: trigger(),
      channel: { id: message.channel, name: 'general' },
      container: {
        type: 'message',
        message_ts: message.ts,
        channel_id: message.channel,
        is_ephemeral: ephemeral,
      },
      ...(ephemeral ? {} : { message: { ts: message.ts, team: peer.team.id, text: message.text } }),
      response_url: peer.newResponseUrl({ channel: message.channel, userId: ref, message }),
      actions: [{ ...action, action_ts: peer.nextId('1700000001.') }],
    });
  }

  const openModal = () => peer.modals.findLast((each) => each.userId === ref && !each.closed) ?? null;

  async function submit(values: Record<string, Record<string, Json>>) {
    const modal = openModal();
    if (!modal) throw new Error(`${name} has no open form`);
    const { id, hash, view } = modal;
    const body = await send('interactive', {
      type: 'view_submission',
      api_app_id: peer.appId,
      team,
      user,
      trigger_id: trigger(),
      view: { ...view, id, hash, app_installed_team_id: peer.team.id, state: { values } },
      response_urls: [],
    });
    if (body.response_action === 'errors') return body.errors as Record<string, string>;
    modal.closed = true;
    return null;
  }

  return {
    ref,
    directMessages,
    triggersLive(ms) {
      triggerMs = ms;
    },
    raw,
    acknowledged: () => acknowledged,
    modal: openModal,
    screen: () => peer.messages.filter(onScreen).map(look),
    answers: () => peer.messages.filter((each) => each.isAnswer && onScreen(each)).map(look),

    async says(typed, how = {}) {
      if (how.again && last) {
        await send(last.kind, last.payload, 1);
        return;
      }
      const [, command = '', text = ''] = /^(\/\S*)\s*([\s\S]*)$/.exec(typed) ?? [];
      await send('slash_commands', {
        command,
        text: escapeAsSlackDoes(text, peer),
        trigger_id: trigger(),
        team_id: team.id,
        team_domain: 'ready',
        user_id: ref,
        user_name: name.toLowerCase(),
        channel_id: channel,
        channel_name: 'general',
        api_app_id: peer.appId,
        response_url: peer.newResponseUrl({ channel, userId: ref, message: null }),
      });
    },

    async presses(label, on) {
      const message = raw(on);
      const button = elementsIn(message.blocks).find(
        (each) => each.type === 'button' && labelOf(each) === label,
      );
      if (!button) throw new Error(`No button “${label}”, only ${on.buttons.join(', ')}`);
      const { action_id, type, value } = button;
      await act(message, { action_id, type, ...(value === undefined ? {} : { value }) });
    },

    async pressesId(id, on) {
      await act(raw(on), { action_id: id, type: 'button' });
    },

    async picks(value, on) {
      const message = raw(on);
      const select = elementsIn(message.blocks).find((each) => each.type === 'static_select');
      if (!select) throw new Error('No select here');
      const { action_id, type } = select;
      await act(message, { action_id, type, selected_option: { value } });
    },

    form(): OpenedForm | null {
      const modal = openModal();
      if (!modal) return null;
      return { title: String((modal.view.title as Json).text), ...readInputs(modal.view) };
    },

    async fills(filled) {
      const modal = openModal();
      if (!modal) throw new Error(`${name} has no open form`);
      const known = inputsOf(modal.view);
      const given = byBlocks(filled, known);
      const unknown = Object.keys(given).filter((field) => !known.some(([block]) => block === field));
      if (unknown.length > 0) throw new Error(`The form has no field ${unknown.join(', ')}`);
      // What was typed stays in an open form, as it does in Slack.
      const typed = (modal.view.typed ?? {}) as Record<string, string>;
      modal.view.typed = { ...typed, ...given };
      const state = known.map(([block, element]) => {
        const value = { ...typed, ...given }[block] ?? initialOf(element);
        return [block, { [element.action_id]: stateOf(element, value) }] as const;
      });
      return submit(Object.fromEntries(state));
    },

    async fillsFile(field, fileName, content) {
      const modal = openModal();
      const state = inputsOf(modal?.view ?? {}).map(([block, element]) => {
        const files = block === field ? [peer.newFile(fileName, content)] : [];
        const value = element.type === 'file_input' ? { type: 'file_input', files } : stateOf(element, '');
        return [block, { [element.action_id]: value }] as const;
      });
      await submit(Object.fromEntries(state));
    },

    async opensHome() {
      acknowledged = await deliver('events_api', {
        type: 'event_callback',
        team_id: team.id,
        api_app_id: peer.appId,
        event_id: peer.nextId('Ev'),
        event_time: Math.floor(Date.now() / 1000),
        event: { type: 'app_home_opened', user: ref, channel: directMessages, tab: 'home', event_ts: '1.1' },
      });
    },

    home: () => readBlocks((peer.homes.get(ref)?.view.blocks ?? []) as unknown[]),

    async pressesAtHome(label) {
      const home = peer.homes.get(ref);
      const blocks = (home?.view.blocks ?? []) as unknown[];
      const button = elementsIn(blocks).find((each) => labelOf(each) === label);
      if (!home || !button) throw new Error(`No button “${label}” at home`);
      await send('interactive', {
        type: 'block_actions',
        api_app_id: peer.appId,
        team,
        user,
        trigger_id: trigger(),
        container: { type: 'view', view_id: home.id },
        view: { ...home.view, id: home.id, hash: home.hash },
        actions: [{ action_id: button.action_id, type: 'button', action_ts: peer.nextId('1700000002.') }],
      });
    },
  };
}

/** With `should_escape`: the three signs as entities, addresses and mentions in angle brackets. */
function escapeAsSlackDoes(typed: string, peer: SlackPeer): string {
  const escaped = typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .replace(/https?:\/\/\S+/g, (address) => `<${address}>`)
    .replace(/@(\w+)/g, (whole, word: string) => {
      const user = [...peer.users.values()].find(({ name }) => name.toLowerCase() === word.toLowerCase());
      return user ? `<@${user.id}|${word}>` : whole;
    })
    .replace(/#(\w+)/g, (whole, word: string) => {
      const found = [...peer.channels].find(([, { name }]) => name === word);
      return found ? `<#${found[0]}|${word}>` : whole;
    });
}

function elementsIn(blocks: readonly unknown[]): Element[] {
  return (blocks as Json[]).flatMap((block) =>
    block.type === 'actions' ? ((block.elements ?? []) as Element[]) : [],
  );
}

const labelOf = (element: Json) => String((element.text as Json | undefined)?.text ?? '');

function inputsOf(view: Json): [string, Element][] {
  return ((view.blocks ?? []) as Json[]).flatMap((block): [string, Element][] =>
    block.type === 'input' ? [[String(block.block_id), block.element as Element]] : [],
  );
}

const timeBlock = /\.time$/;

/** A form as its person sees it; a day and its time are one thing in two blocks. */
function readInputs(view: Json): Omit<OpenedForm, 'title'> {
  const fields: Record<string, string> = {};
  for (const [block, element] of inputsOf(view)) {
    const value = initialOf(element);
    if (!timeBlock.test(block)) fields[block] = value;
    else if (value !== '') fields[block.replace(timeBlock, '')] += `T${value}`;
  }
  const pickers = inputsOf(view).flatMap(([block, { type }]) => (type === 'datepicker' ? [block] : []));
  const said = ((view.blocks ?? []) as Json[]).map(({ hint }) => String((hint as Json)?.text ?? ''));
  return { fields, pickers, said: said.join('\n') };
}

/** A day with a time goes into the two pickers it has. */
function byBlocks(
  filled: Readonly<Record<string, string>>,
  known: readonly [string, Element][],
): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [field, value] of Object.entries(filled)) {
    const hasTime = known.some(([block]) => block === `${field}.time`);
    const [day = '', time = ''] = hasTime ? value.split('T') : [value];
    given[field] = day;
    if (hasTime) given[`${field}.time`] = time;
  }
  return given;
}

function initialOf(element: Json): string {
  const option = element.initial_option as Json | undefined;
  return String(
    element.initial_value ??
      option?.value ??
      element.initial_user ??
      element.initial_conversation ??
      element.initial_date ??
      element.initial_time ??
      '',
  );
}

function stateOf(element: Json, value: string): Json {
  const given = value === '' ? null : value;
  switch (element.type) {
    case 'static_select':
      return { type: element.type, selected_option: given ? { value } : null };
    case 'users_select':
      return { type: element.type, selected_user: given };
    case 'conversations_select':
      return { type: element.type, selected_conversation: given };
    case 'datepicker':
      return { type: element.type, selected_date: given };
    case 'timepicker':
      return { type: element.type, selected_time: given };
    case 'file_input':
      return { type: element.type, files: [] };
    default:
      return { type: element.type, value: given };
  }
}
