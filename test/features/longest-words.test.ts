import { expect, test } from 'vitest';
import { optionsForm } from '../../src/core/corrections.ts';
import { drawForm } from '../../src/core/open-form.ts';
import { registerFeatures } from '../../src/core/registry.ts';
import { features } from '../../src/features/all.ts';
import { openTestBot } from '../support/bot.ts';
import { makeCoalition } from '../support/coalition.ts';
import { crawl, fillLongest } from '../support/crawl.ts';
import { findCardProblems, findFormProblems } from '../support/drawings.ts';

const reader = { language: 'en', timeZone: 'America/Argentina/ComodRivadavia' };
const long = (words: string, length: number) =>
  `${words} `.padEnd(length, 'wide-awake ').slice(0, length - 1) + 'e';
const many = (count: number, length: number) =>
  Array.from({ length: count }, (_, n) => `${n}`.padEnd(length, 'w'));
const partnerName = (n: number) => long(`Partner ${n}`, 80);
const personName = (n: number) => long(`Person ${n}`, 100);

/** What fields take that no long word fits. */
const known = {
  there: ['1', partnerName(2)],
  text: [
    ...[
      'next tuesday at 15:00',
      '2026-04-15',
      '2026-04-15 09:30',
      '2026-03',
      '2026-Q1',
      'monday',
      '09:30',
      'friday',
      'America/Argentina/ComodRivadavia',
      'en',
    ],
    ...['https://example.org/a', '50', '10', '5', '1'],
  ],
  paragraph: [],
  'whole-number': [],
  'yes-no': ['yes'],
  choice: [],
  list: [],
  member: ['@U-voice-2'],
  place: ['general'],
  file: [`Name,Does,Sector\n${'n'.repeat(80)},${'d'.repeat(300)},${'s'.repeat(60)}`],
};

const registry = registerFeatures(features);

test.each([...registry.forms])(
  'the form %s with the longest words is taken by every platform',
  (_, owned) => {
    const { definition, say } = owned;
    const address = `${definition.press.name}:`.padEnd(100, 'a');
    const values = fillLongest(definition.fields, known);
    expect(findFormProblems(drawForm(definition, say, reader, address, values), reader)).toEqual([]);
  },
);

test.each([...registry.commands].filter(([, { definition }]) => Object.keys(definition.options).length > 0))(
  'the options of /%s with the longest words are a form that every platform takes',
  (_, owned) => {
    const values = fillLongest(owned.definition.options, known);
    expect(findFormProblems(optionsForm(owned, reader, values), reader)).toEqual([]);
  },
);

test('whatever there is to do in a coalition of the longest words is drawn on every platform', async () => {
  const bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const coalition = await makeCoalition(bot, {
    name: long('Coalition', 80),
    timeZone: reader.timeZone,
    staff: ['Staff 1'],
    partners: [1, 2, 3, 4, 5].map((n) => ({
      name: partnerName(n),
      sector: long('Sector', 60),
      does: long('Does', 300),
      offers: many(5, 50),
      needs: many(5, 50),
      spotlightConsent: true,
      joinedAt: '2025-01-01T12:00:00Z',
      voices: [`Voice ${n}`],
    })),
  });
  const { workspaceId, id: coalitionId } = coalition;
  await bot.database.place.create({
    data: { coalitionId, workspaceId, ref: 'general', name: 'g'.repeat(80) },
  });
  const people = ['Staff 1', 'Voice 1', 'Voice 2'].map((name) => coalition.person(name));
  for (const [n, member] of (await bot.database.member.findMany()).entries()) {
    await bot.database.member.update({ where: { id: member.id }, data: { name: personName(n) } });
  }
  // With the longest choices people would be asked to opt in, and nobody would be introduced.
  await people[0]?.says('/intros start cadence:weekly size:2 who:everybody preview:24');
  async function wait(): Promise<void> {
    for (let day = 0; day < 8; day += 1) {
      bot.clockHand.forward(36 * 3_600_000);
      await bot.settle();
    }
  }
  const done = await crawl(bot, people, { mostSteps: 1500, timesEach: 2, known, wait });
  const problems = [...bot.shown.all.values()].flatMap((drawn) =>
    'card' in drawn ? findCardProblems(drawn.card, drawn.reader) : findFormProblems(drawn.form, drawn.reader),
  );
  const broken = bot.log.lines.filter(({ event }) => event.endsWith('.broken'));
  const things = [...registry.buttons.keys(), ...[...registry.forms.keys()].map((name) => `form ${name}`)];
  const reached = things.filter((name) => done.has(name));
  await bot.end();
  expect(problems).toEqual([]);
  expect(broken).toEqual([]);
  // It went about; what it leaves out hangs on one special state, and has its own tests.
  expect(reached.length).toBeGreaterThan(100);
}, 600_000);
