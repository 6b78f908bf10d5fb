import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { say as sayCore } from '../../src/core/core-words.ts';
import type { Field, Fields } from '../../src/core/field.ts';
import { limits } from '../../src/core/limits.ts';
import { commandWords, formWords } from '../../src/core/registry.ts';
import type { Say } from '../../src/core/words.ts';
import { features } from '../../src/features/all.ts';

const spoken: { name: string; say: Say }[] = [
  { name: 'core', say: sayCore as Say },
  ...features.map((feature) => ({ name: feature.name, say: feature.say as unknown as Say })),
];

describe.each(spoken)('the words of $name', ({ say }) => {
  test('are well-formed in every language', () => {
    let checked = 0;
    for (const [language, dictionary] of Object.entries(say.dictionaries)) {
      for (const [key, words] of Object.entries(dictionary)) {
        expect(() => new IntlMessageFormat(words, language), `${language} ${key}`).not.toThrow();
        checked += 1;
      }
    }
    expect(checked).toBeGreaterThan(0);
  });

  test('are complete in every language', () => {
    const english = Object.keys(say.dictionaries.en ?? {}).sort();
    for (const [language, dictionary] of Object.entries(say.dictionaries)) {
      expect(Object.keys(dictionary).sort(), language).toEqual(english);
    }
  });
});

describe.each(features)('everything $name asks for', ({ commands, forms, say: own }) => {
  const say = own as unknown as Say;
  const reader = { language: 'en', timeZone: 'UTC' };

  function within(key: string, most: number) {
    expect(say.has(key), `words.en.json lacks "${key}"`).toBe(true);
    expect(say.plain(reader, key).length, key).toBeLessThanOrEqual(most);
  }
  function checkFields(fields: Fields, prefix: string) {
    for (const [name, field] of Object.entries(fields)) {
      within(`${prefix}.${name}`, limits.fieldLabel);
      if (say.has(`${prefix}.${name}.hint`)) within(`${prefix}.${name}.hint`, limits.fieldHint);
      if (say.has(`${prefix}.${name}.placeholder`)) within(`${prefix}.${name}.placeholder`, limits.fieldHint);
      checkChoices(field);
    }
  }
  function checkChoices(field: Field<unknown>) {
    for (const value of field.choices ?? []) {
      const key = `${field.choiceWords}.${value}`;
      const label = say.has(key) ? say.plain(reader, key) : sayCore.plain(reader, key as never);
      expect(label.length, key).toBeLessThanOrEqual(limits.choiceLabel);
    }
    expect(field.choices?.length ?? 0).toBeLessThanOrEqual(limits.choices);
  }

  test('has its words, within what the platforms show', () => {
    for (const command of commands) {
      const prefix = commandWords(command);
      within(prefix, limits.commandSummary);
      if (Object.keys(command.options).length > 0) {
        within(`${prefix}.example`, limits.commandSummary);
        expect(command.answers, `${command.name}: a form cannot follow a form`).not.toBe('with-form');
      }
      // Missing options open as a form, so a command's options are bound by what fits in one.
      expect(Object.keys(command.options).length, command.name).toBeLessThanOrEqual(limits.formFields);
      expect(`/${command.name}`.length, command.name).toBeLessThanOrEqual(limits.formTitle);
      checkFields(command.options, prefix);
    }
    for (const form of forms) {
      const prefix = formWords(form);
      within(`${prefix}.title`, limits.formTitle);
      if (say.has(`${prefix}.submit`)) within(`${prefix}.submit`, limits.formTitle);
      expect(Object.keys(form.fields).length, prefix).toBeLessThanOrEqual(limits.formFields);
      checkFields(form.fields, prefix);
    }
    expect(commands.length + forms.length).toBeGreaterThan(0);
  });
});
