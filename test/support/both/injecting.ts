import type { Fields } from '../../../src/core/field.ts';
import { pressName } from '../../../src/core/press.ts';
import type { Registry } from '../../../src/core/registry.ts';
import { fillLongest } from '../crawl.ts';
import { everyComponent, type OptionValue } from '../discord/person.ts';
import { injections } from '../fuzz/hostile-text.ts';
import { letters } from '../longest-letters.ts';
import type { Both } from './under-test.ts';

/** What was typed everywhere, so that a test can see that it came through. */
export const marker = 'evil.example';

/** For every field as many injections as it takes, other ones each time; where it takes no words, what it takes. */
function fillInjected(fields: Fields, times: number): Record<string, string> {
  const filled = fillLongest(fields, ['1', 'Hope House'], times);
  const turned = injections.map((_, n) => injections[(n * 7 + times) % injections.length]).join(' ');
  const words = `[label](https://${marker}) <!channel> @everyone ${turned}`.replaceAll('"', '');
  const runs = new RegExp(`${letters(1)}+`, 'g');
  return Object.fromEntries(
    Object.entries(filled).map(([name, value]) => [
      name,
      value.replace(runs, (run) => words.slice(0, run.length).trim()),
    ]),
  );
}

const fieldsOf = (registry: Registry, address: string): Fields =>
  registry.forms.get(pressName(address))?.definition.fields ??
  registry.commands.get(address.split(':')[1] ?? '')?.definition.options ??
  {};

export type Done = { commands: number; forms: number; presses: number };

/** On Slack: every command with injections in its options, every form that opens, and every button of what comes. */
export async function injectOnSlack(both: Both, who: (by: string) => string): Promise<Done> {
  const { registry } = both.bot.dispatch;
  const done: Done = { commands: 0, forms: 0, presses: 0 };
  const pressed = new Set<string>();

  async function answered(name: string, does: () => Promise<unknown>) {
    const person = both.onSlack(name);
    const state = () =>
      [
        person.screen().length,
        both.slack.modals.length,
        both.slack.messages.reduce((sum, each) => sum + each.updates + Number(each.gone), 0),
      ].join();
    const before = state();
    const modals = both.slack.modals.length;
    // A form that says itself what is wrong with it stays open, and nothing else comes.
    if (await does()) return;
    await both.slack.until(() => state() !== before, `an answer to ${name}`).catch(() => {});
    const modal = person.modal();
    if (!modal || both.slack.modals.length === modals) return;
    const address = String(modal.view.callback_id ?? '');
    const fields = fieldsOf(registry, address);
    done.forms += 1;
    await answered(name, () => person.fills(known(fillInjected(fields, done.forms), person.form()?.fields)));
  }

  for (const [command, { definition }] of registry.commands) {
    const name = who(definition.by);
    const person = both.onSlack(name);
    const values = Object.entries(fillInjected(definition.options, done.commands));
    const typed = values.filter(([, value]) => value !== '').map(([option, value]) => `${option}:"${value}"`);
    done.commands += 1;
    await answered(name, () => person.says(`/${command} ${typed.join(' ')}`));
    const last = person.answers().at(-1);
    for (const label of last?.buttons ?? []) {
      if (!last || pressed.has(`${command} ${label}`) || last.gone || !last.buttons.includes(label)) continue;
      pressed.add(`${command} ${label}`);
      done.presses += 1;
      await answered(name, () => person.presses(label, last));
    }
  }
  return done;
}

/** The same on Discord. */
export async function injectOnDiscord(both: Both, who: (by: string) => string): Promise<Done> {
  const { registry } = both.bot.dispatch;
  const done: Done = { commands: 0, forms: 0, presses: 0 };

  for (const [command, { definition }] of registry.commands) {
    const person = both.onDiscord(who(definition.by));
    const files = Object.values(definition.options).some(({ kind }) => kind === 'file');
    const filled = Object.entries(fillInjected(definition.options, done.commands));
    const options: Record<string, OptionValue> = {};
    for (const [name, value] of filled) {
      const kind = definition.options[name]?.kind;
      if (value === '') continue;
      options[name] = kind === 'whole-number' ? Number(value) : kind === 'yes-no' ? value === 'yes' : value;
    }
    done.commands += 1;
    let reply = await person.runs(command, files ? {} : options);
    for (let opened = 0; reply.modal && opened < 3; opened += 1) {
      done.forms += 1;
      const fields = fieldsOf(registry, reply.modal.custom_id);
      const there = reply.modal.components.map(({ component }) => component?.custom_id ?? '');
      reply = await person.fills(only(fillInjected(fields, done.forms), there), reply);
    }
    const message = reply.follows.at(-1) ?? reply.message;
    for (const { type, custom_id, label = '' } of message ? everyComponent(message.body) : []) {
      if (type !== 2 || !custom_id || !message || message.gone) continue;
      done.presses += 1;
      const next = await person.pressesId(custom_id, message);
      if (!next.modal) continue;
      done.forms += 1;
      const there = next.modal.components.map(({ component }) => component?.custom_id ?? '');
      const values = fillInjected(fieldsOf(registry, custom_id || label), done.forms);
      await person.fills(only(values, there), next);
    }
  }
  return done;
}

/** Says how much of it there was. */
export function report(platform: string, done: Done, sent: readonly unknown[]): number {
  const through = sent.filter((each) => JSON.stringify(each).includes(marker)).length;
  console.log(`${platform}: ${JSON.stringify(done)}, ${through} of ${sent.length} sent hold what was typed`);
  return through;
}

const known = (values: Record<string, string>, there: Readonly<Record<string, unknown>> = {}) =>
  only(values, Object.keys(there));
const only = (values: Record<string, string>, there: readonly string[]) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => there.includes(name)));
