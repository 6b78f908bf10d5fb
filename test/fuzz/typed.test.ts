import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/core/command-line.ts';
import { optionsForm } from '../../src/core/corrections.ts';
import type { Incoming } from '../../src/core/incoming.ts';
import { splitItem } from '../../src/core/joined-id.ts';
import { limits } from '../../src/core/limits.ts';
import { parseFields } from '../../src/core/parse-fields.ts';
import { plainText } from '../../src/core/plain-text.ts';
import { pressName } from '../../src/core/press.ts';
import { readAct } from '../../src/core/read-act.ts';
import { commandWords, formWords, labelsFor, registerFeatures } from '../../src/core/registry.ts';
import { storable } from '../../src/core/storable.ts';
import { features } from '../../src/features/all.ts';
import { tries } from '../support/fuzz/cases.ts';
import { hostileText } from '../support/fuzz/hostile-text.ts';

const registry = registerFeatures(features);
const reader = { language: 'en', timeZone: 'UTC' };
const commands = [...registry.commands.values()];
const forms = [...registry.forms.values()];
const asking = [
  ...commands.map(({ definition, say }) => ({
    fields: definition.options,
    labels: labelsFor(say, commandWords(definition), reader),
  })),
  ...forms.map(({ definition, say }) => ({
    fields: definition.fields,
    labels: labelsFor(say, formWords(definition), reader),
  })),
].filter(({ fields }) => Object.keys(fields).length > 0);

const sent = {
  platform: 'console',
  deliveryKey: 'one',
  workspace: { ref: 'W', name: 'W' },
  account: { ref: 'U', name: 'U' },
  place: null,
} as const satisfies Partial<Incoming>;

/** What somebody could type behind a command: names of options among anything else. */
const line = (names: readonly string[]) =>
  fc
    .array(
      fc.oneof(
        hostileText(200),
        fc.constantFrom('', ...names).map((name) => `${name}:`),
        fc.constantFrom('"', '“', '”', '«', ' ', ': ', '\\'),
      ),
      { maxLength: 10 },
    )
    .map((parts) => parts.join(''));

describe('what is typed behind a command', () => {
  test('is read into the options, and nothing is made of it that was not typed', () => {
    const any = fc
      .constantFrom(...commands)
      .chain((owned) =>
        line(Object.keys(owned.definition.options)).map((typed) => ({ owned, typed: storable(typed) })),
      );
    tries('commandLines', any, ({ owned, typed }) => {
      const { options } = owned.definition;
      const read = readCommandLine(typed, options);
      for (const [name, value] of Object.entries(read)) {
        expect(Object.keys(options)).toContain(name);
        // What is left over joins the last option behind a space.
        for (const word of value.split(' ')) expect(typed).toContain(word);
      }
      const length = Object.values(read).reduce((sum, value) => sum + value.length, 0);
      expect(length).toBeLessThanOrEqual(typed.length + Object.keys(read).length);
    });
  });

  test('leads to an action or to a sentence, whatever it is called', () => {
    const names = [...registry.roots, ...registry.commands.keys()];
    const any = fc.record({
      name: fc.oneof(fc.constantFrom(...names), hostileText(40)),
      typed: line(['search', 'when', 'about']),
    });
    tries('actsTyped', any, ({ name, typed }) => {
      const act = readAct(storable({ ...sent, act: 'command', name, typed }), registry);
      if (act.kind === 'unknown') {
        const answer = act.answer({ reader } as never);
        expect(answer.answer).toBe('refused');
        if (answer.answer === 'refused')
          expect(plainText(answer.text, reader).length).toBeLessThan(limits.text);
      } else {
        expect(act.problems(reader) === null || typeof act.problems(reader) === 'object').toBe(true);
      }
    });
  });
});

test('a field takes what it may or says in a sentence that fits what is wrong', () => {
  const any = fc
    .constantFrom(...asking)
    .chain((of) =>
      fc
        .record(
          Object.fromEntries(
            Object.keys(of.fields).map((name) => [
              name,
              fc.oneof(hostileText(300), hostileText(30), fc.constantFrom('1', 'yes', '2026-03-01', '')),
            ]),
          ),
        )
        .map((typed) => ({ of, typed: storable(typed) })),
    );
  tries('fields', any, ({ of: { fields, labels }, typed }) => {
    const { values, problems } = parseFields(fields, typed, labels, reader);
    for (const [name, field] of Object.entries(fields)) {
      const value = values[name];
      if (problems[name]) {
        const said = plainText(problems[name], reader);
        expect(said.trim()).not.toBe('');
        expect(said.length).toBeLessThan(limits.text);
      }
      if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(field.max);
      if (value === undefined) expect(field.required && !problems[name]).toBe(false);
    }
  });
});

describe('the address of a button', () => {
  const uuid = fc.uuid({ version: 7 });
  const short = uuid.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url'));
  const names = [...registry.buttons.keys(), ...registry.forms.keys()];
  const payload = fc.oneof(
    short,
    fc.constantFrom('yes', 'no', '1', '-1', '999999999999999', '2026-03-01', '', '__proto__', 'constructor'),
    hostileText(60),
  );
  const address = fc
    .tuple(fc.oneof(fc.constantFrom(...names), hostileText(30)), fc.array(payload, { maxLength: 5 }), short)
    .chain(([name, values, item]) =>
      fc.constantFrom([name, ...values].join(':'), `${[name, ...values].join(':')}~${item}`),
    );

  test('leads to what it names or nowhere, and says the same when it is written again', () => {
    let [taken, tried] = [0, 0];
    tries('addresses', address, (typed) => {
      tried += 1;
      const { address: alone } = splitItem(typed);
      const owned = registry.buttons.get(pressName(typed)) ?? registry.forms.get(pressName(typed));
      const press = owned?.definition.press;
      const decoded = press?.decode(alone) ?? null;
      const act = readAct(storable({ ...sent, act: 'press', id: typed, picked: [] }), registry);
      if (registry.buttons.has(pressName(typed))) expect(act.kind === 'run').toBe(decoded !== null);
      if (!press || decoded === null) return;
      taken += 1;
      const again = press.encode(decoded);
      expect(again.length).toBeLessThanOrEqual(limits.pressId);
      expect(press.decode(again)).toEqual(decoded);
      expect(Object.getPrototypeOf(decoded)).toBe(Object.prototype);
    });
    expect(taken / tried).toBeGreaterThan(0.02);
    expect(optionsForm.commandName('nothing')).toBeNull();
  });
});
