import { afterAll, beforeAll, expect, test } from 'vitest';
import { measures } from '../../../src/features/measures/feature.ts';
import { getCoalition } from '../../../src/identity/store.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';
import { at, startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  coalition = await makeCoalition(bot, {
    staff: ['Ana', 'Annie'],
    partners: [
      { name: 'Food Bank', voices: ['Ben', 'Benny'], members: ['Bob'] },
      { name: 'Library', voices: ['Dee', 'Di'] },
    ],
  });
  await startMeasure(coalition.person('Ana'));
  await at(bot, '2026-03-09T14:00:00Z');
});
afterAll(() => bot.end());

test('a partner’s promise to give data is seen kept, and what is due stands in their place', async () => {
  const [data] = measures.adds.commitments ?? [];
  const scope = {
    coalition: await getCoalition(bot.database, coalition.id),
    partnerId: coalition.partnerId('Library'),
    since: new Date('2026-03-01T00:00:00Z'),
    tools: bot.tools,
  };
  expect(await data?.measure(scope)).toEqual({ done: 0, of: 0 });
  const dee = coalition.person('Dee');
  expect((await dee.says('/coalition me')).text).toContain('One figure is asked of you.');
  await dee.says('/data');
  await dee.presses('Give the figure');
  await dee.fills({ figure: '5' });
  await at(bot, '2026-03-12T14:00:00Z');
  expect(await data?.measure(scope)).toEqual({ done: 1, of: 1 });
  const other = { ...scope, partnerId: coalition.partnerId('Food Bank') };
  expect(await data?.measure(other)).toEqual({ done: 0, of: 1 });
});

test('who had two accounts did with one what they did with both', async () => {
  const { database } = bot;
  const from = coalition.memberId('Benny');
  const here = { coalitionId: coalition.id };
  const request = await database.measureRequest.findFirstOrThrow({
    where: { partnerId: coalition.partnerId('Food Bank') },
  });
  const ofRequest = { ...here, requestId: request.id, memberId: from, at: bot.clockHand.now() };
  await database.measureSubmission.create({ data: { ...ofRequest, version: 1, way: 'form' } });
  await database.measureReminder.create({ data: { ...ofRequest, step: 'reopened', message: 'm' } });
  await database.measureAsk.create({
    data: { ...ofRequest, kind: 'help', open: null, answeredById: from },
  });
  const { measureId, partnerId } = request;
  await database.measureContact.create({
    data: { ...here, measureId, partnerId, memberId: from, since: bot.clockHand.now() },
  });
  await database.measureDraft.create({
    data: { ...here, memberId: from, entries: [], createdAt: bot.clockHand.now() },
  });
  await database.measureUse.create({
    data: { ...here, measureId, who: 'City', what: 'Budget', notedById: from, at: bot.clockHand.now() },
  });
  await database.measureToken.create({
    data: { ...here, name: 't', hash: 'h', scope: 'totals', madeById: from, madeAt: bot.clockHand.now() },
  });
  await database.measureRequest.update({ where: { id: request.id }, data: { excusedById: from } });
  await database.measure.update({ where: { id: measureId }, data: { madeById: from } });
  const named = await whereNamed(bot, 'Measure', from);
  expect(named).toHaveLength(10);

  const { into } = await becomeOne(bot, coalition, { from: 'Benny', into: 'Ben' });
  expect(await whereNamed(bot, 'Measure', from)).toEqual([]);
  expect(await whereNamed(bot, 'Measure', into)).toEqual(named);
});

test('whoever is forgotten is named nowhere, and the figures stay', async () => {
  const member = coalition.memberId('Ben');
  const figures = await bot.database.measureSubmission.count();
  await bot.tools.write(async (writing) =>
    measures.adds.forget?.({ coalitionId: coalition.id, memberId: member, writing }),
  );
  expect(await whereNamed(bot, 'Measure', member)).toEqual([]);
  expect(await bot.database.measureSubmission.count()).toBe(figures);
});

test('whose partnership ends is asked for nothing more', async () => {
  await at(bot, '2026-03-16T14:00:00Z');
  const dee = coalition.person('Dee');
  expect((await dee.says('/data')).text).toContain('2026-W11');
  const sent = dee.inbox().length;
  await bot.tools.write(async (writing) =>
    measures.adds.partnerEnded?.({
      coalition: await getCoalition(bot.database, coalition.id),
      partnerId: coalition.partnerId('Library'),
      tools: bot.tools,
      writing,
    }),
  );
  expect((await dee.says('/data')).text).toContain('Nothing is asked of Library now');
  await at(bot, '2026-03-20T23:00:00Z');
  expect(dee.inbox()).toHaveLength(sent);
  expect(coalition.person('Di').inbox()).toHaveLength(0);
});
