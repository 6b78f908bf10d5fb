import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReachKind } from '../../../src/core/ports.ts';
import { features } from '../../../src/features/all.ts';
import { listWatched } from '../../../src/features/check-ins/care/store.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { askCard, askingFeature } from '../../support/asking-feature.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { seeded } from '../../support/seeded.ts';

let bot: TestBot;
let coalition: TestCoalition;
const partners = ['Food Bank', 'Library', 'Clinic'];
const voices = ['Ben', 'Cleo', 'Dov'];
const start = Date.parse('2026-03-02T15:00:00Z');

beforeAll(async () => {
  bot = await openTestBot({ at: new Date(start).toISOString(), features: [...features, askingFeature] });
  coalition = await makeCoalition(bot, {
    staff: ['Ana'],
    partners: partners.map((name, index) => ({ name, voices: [voices[index] ?? ''] })),
  });
  await coalition.person('Ana').says('/agreement draft');
  const agreed = {
    time: 'An hour',
    duration: 'A year',
    gives: 'Figures',
    gets: 'A say',
    changes: 'Together',
  };
  await coalition.person('Ana').fills(agreed);
});
afterAll(() => bot.end());

test('whatever happens, in whatever order, a clock stands where the last real contact put it', async () => {
  const chance = seeded(11);
  const whole = await getCoalition(bot.database, coalition.id);
  const contacts = new Map<string, Date>();
  let turn = 0;

  async function reach(who: number, kind: ReachKind) {
    await bot.tools.write((writing) =>
      bot.tools.outreach.reach(writing, {
        ...{ coalition: whole, member: coalition.memberId(voices[who] ?? ''), kind, from: 'test' },
        ...{ subject: `t${turn}`, why: ['because it is tried'], card: askCard(`t${turn}`) },
      }),
    );
    await bot.settle();
  }
  const last = (who: number) =>
    coalition
      .person(voices[who] ?? '')
      .inbox()
      .findLast(({ card }) => JSON.stringify(card).includes('Yes to'));

  /** Things that the bot or a thumb does; none of them is a contact. */
  const idle: ((who: number) => Promise<unknown>)[] = [
    (who) => reach(who, 'ask'),
    (who) => reach(who, 'give'),
    (who) => reach(who, 'neutral'),
    async (who) => {
      const message = last(who);
      const label = /Yes to t\d+/.exec(JSON.stringify(message?.card ?? ''))?.[0];
      if (message && label) await coalition.person(voices[who] ?? '').presses(label, message);
    },
    (who) => coalition.person(voices[who] ?? '').says('/coalition me'),
    (who) => coalition.person('Ana').says(`/checkin plan partner:"${partners[who]}" on:2026-12-01`),
    (who) => coalition.person('Ana').says(`/checkin note partner:"${partners[who]}" text:"A note"`),
    (who) => coalition.person('Ana').says(`/checkin care partner:"${partners[who]}" tier:close`),
    async (who) => {
      const person = coalition.person(voices[who] ?? '');
      await person.says('/checkin concern');
      const raised = await person.fills({ to: 'Ana', words: `Words ${turn}`, how: 'named' });
      expect(raised.refused).toBeNull();
    },
  ];
  /** Things that people do with each other. */
  const real: ((who: number) => Promise<unknown>)[] = [
    (who) =>
      coalition.person('Ana').says(`/checkin log partner:"${partners[who]}" kind:visit line:"Visit ${turn}"`),
    (who) => coalition.person(voices[who] ?? '').says(`/agreement comment text:"Words ${turn}"`),
  ];
  const done = { idle: 0, real: 0 };
  for (turn = 1; turn <= 70; turn += 1) {
    bot.clockHand.goTo(new Date(start + turn * 7 * 3_600_000));
    const who = Math.floor(chance() * partners.length);
    const kind = chance() < 0.25 ? 'real' : 'idle';
    const acts = kind === 'real' ? real : idle;
    done[kind] += 1;
    await acts[Math.floor(chance() * acts.length)]?.(who);
    if (kind === 'real') contacts.set(partners[who] ?? '', bot.clockHand.now());
    const watched = await listWatched(bot.database, coalition.id, null);
    const stands = Object.fromEntries(watched.map(({ name, lastAt }) => [name, lastAt]));
    const wanted = Object.fromEntries(partners.map((name) => [name, contacts.get(name) ?? null]));
    expect(stands, `turn ${turn}, ${kind}`).toEqual(wanted);
  }
  expect(done.real).toBeGreaterThan(8);
  expect(done.idle).toBeGreaterThan(30);
}, 180_000);
