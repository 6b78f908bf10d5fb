import type { Feature } from '../../../src/core/command.ts';
import { readCommandLine } from '../../../src/core/command-line.ts';
import type { AdapterUnderTest, ContractPerson, OpenedForm, Seen } from '../../adapters/contract.ts';
import { until } from '../until.ts';
import { type DiscordBot, openDiscordBot } from './bot.ts';
import { type DiscordReply, everyComponent, makeDiscordPerson, type OptionValue } from './person.ts';
import { actingIn, shownText } from './read-message.ts';
import type { Component, PeerMessage } from './world.ts';

/** The whole bot with real discord.js, as the contract of all adapters wants it. */
export async function openDiscordUnderTest(features: readonly Feature[]): Promise<AdapterUnderTest> {
  const at = await openDiscordBot({ features });
  const people = new Map<string, ContractPerson>();
  const channel = at.guild.channels.general ?? '';

  return {
    bot: at,
    log: at.log,
    messenger: at.messenger,
    groups: at.roles,
    channel,
    startWorker: async () => {},
    person(name) {
      const person = people.get(name) ?? makeContractPerson(name, at, channel);
      people.set(name, person);
      return person;
    },
    async until(look, what) {
      let found: Awaited<ReturnType<typeof look>>;
      await until(what, () => {
        found = look() as typeof found;
        return Boolean(found);
      });
      return found as never;
    },
    end: at.end,
  };
}

function makeContractPerson(name: string, at: DiscordBot, channelId: string): ContractPerson {
  const { peer } = at;
  const { world } = peer;
  // Resolves on the first response: what comes after it is what the contract looks for.
  const settled = async () => {};
  const person = makeDiscordPerson({ peer, name, guildId: at.guild.id, channelId, settled });
  const seen = new Map<string, Seen>();
  let form: DiscordReply | null = null;

  const mine = () => [...world.interactions.values()].filter(({ userId }) => userId === person.id);
  const isFor = (message: PeerMessage) =>
    message.ephemeral
      ? mine().some(({ id }) => id === message.interactionId)
      : [channelId, world.direct.get(person.id)].includes(message.channelId);

  function seenAs(message: PeerMessage): Seen {
    const known = seen.get(message.id);
    if (known) return known;
    const made: Seen = {
      get text() {
        return shownText(message.body);
      },
      private: message.ephemeral || message.channelId !== channelId,
      get buttons() {
        return everyComponent(message.body).flatMap(({ type, label }) =>
          type === 2 && label ? [label] : [],
        );
      },
      // No component of Discord's has such a question.
      asking: [],
      get gone() {
        return message.gone;
      },
      get acting() {
        return actingIn(message.body);
      },
    };
    seen.set(message.id, made);
    return made;
  }

  function messageOf(on: Seen): PeerMessage {
    const found = [...seen].find(([, each]) => each === on)?.[0];
    const message = found && world.messages.get(found);
    if (!message) throw new Error(`${name} does not see that message`);
    return message;
  }

  async function does(doing: Promise<DiscordReply>): Promise<void> {
    const reply = await doing;
    if (reply.modal) form = reply;
  }

  return {
    async says(typed, { again = false } = {}) {
      if (again) return person.again();
      const [, root = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(typed) ?? [];
      const [sub = '', ...words] = rest.split(' ');
      const whole = [root, sub].filter(Boolean).join(' ');
      const fields = at.dispatch.registry.commands.get(whole)?.definition.options ?? {};
      const given = readCommandLine(words.join(' '), fields);
      const options = Object.fromEntries(
        Object.entries(given).map(([option, value]): [string, OptionValue] => {
          const kind = fields[option]?.kind;
          if (kind === 'whole-number') return [option, Number(value)];
          return [option, kind === 'yes-no' ? value === 'yes' : value];
        }),
      );
      await does(person.runs(whole, options));
    },
    presses: (label, on) => does(person.presses(label, messageOf(on))),
    pressesId: (id, on) => does(person.pressesId(id, messageOf(on))),
    picks: (value, on) => does(person.picks(value, messageOf(on))),
    form: () => form && drawnForm(form),
    async fills(values) {
      if (!form) throw new Error(`${name} has no open form`);
      const filled = form;
      form = null;
      await does(person.fills(values, filled));
      return null;
    },
    screen: () => [...world.messages.values()].filter(isFor).map(seenAs),
  };
}

function drawnForm({ modal }: DiscordReply): OpenedForm | null {
  if (!modal) return null;
  const inputs = modal.components.flatMap(({ component }) => (component ? [component] : []));
  return {
    title: modal.title,
    fields: Object.fromEntries(inputs.map((input) => [input.custom_id ?? '', standsIn(input)])),
    said: modal.components.map(({ description }) => description ?? '').join('\n'),
    pickers: [],
  };
}

function standsIn({ value, options, default_values }: Component): string {
  const picked = options?.find((option) => option.default)?.value;
  return value ?? picked ?? default_values?.[0]?.id ?? '';
}
