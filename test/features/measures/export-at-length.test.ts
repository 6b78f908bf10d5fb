import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/core/ids.ts';
import { addDays } from '../../../src/time/wall-clock.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { startMeasure } from './asking.ts';

let bot: TestBot;
let coalition: TestCoalition;
const names = ['Food Bank', 'Library', 'Clinic'];
/** More requests than fit an answer, and than are read at once. */
const days = 400;

beforeAll(async () => {
  bot = await openTestBot({ at: '2026-03-02T15:00:00Z' });
  const partners = names.map((name) => ({ name, voices: [`Voice of ${name}`] }));
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners });
  await startMeasure(coalition.person('Ana'));
  const { id: measureId } = await bot.database.measure.findFirstOrThrow();
  const here = { coalitionId: coalition.id };
  const now = bot.clockHand.now();
  const periods = Array.from({ length: days }, (_, index) => {
    const day = addDays('2024-01-01', index);
    return { ...here, id: newId(), measureId, key: day, startsOn: day, endsOn: day, openedAt: now };
  });
  await bot.database.measurePeriod.createMany({ data: periods });
  const requests = periods.flatMap(({ id: periodId, endsOn }) =>
    names.map((name) => ({
      ...{ ...here, id: newId(), measureId, periodId, partnerId: coalition.partnerId(name), timeZone: 'UTC' },
      ...{ dueOn: endsOn, noticeOn: endsOn, dueAt: now, lateAt: now, submittedAt: now },
    })),
  );
  await bot.database.measureRequest.createMany({ data: requests });
  const given = { figure: { kind: 'number', value: '0.1' }, groups: [] };
  await bot.database.measureSubmission.createMany({
    data: requests.map(({ id: requestId }) => ({
      ...{ ...here, requestId, version: 1, way: 'form', at: now, given },
    })),
  });
});
afterAll(() => bot.end());

test.each(['csv', 'json'] as const)(
  'years of figures are exported while staff do something else, and arrive whole as %s',
  async (format) => {
    const ana = coalition.person('Ana');
    const started = await ana.says(`/data export ${format}`);
    expect(started.card?.parts.some(({ part }) => part === 'file')).toBe(false);
    expect(started.text).toContain('Your export is on its way');
    await bot.settle();
    const files =
      ana
        .inbox()
        .at(-1)
        ?.card.parts.flatMap((part) => (part.part === 'file' ? [part] : [])) ?? [];
    expect(files).toHaveLength(format === 'csv' ? 2 : 1);
    const content = files.at(-1)?.content ?? '';
    const rows =
      format === 'csv'
        ? content.split('\r\n').filter((line) => line.includes(',0.1,'))
        : (JSON.parse(content) as { figures: { given: { figure: { value: string } } }[] }).figures.filter(
            ({ given }) => given.figure.value === '0.1',
          );
    expect(rows).toHaveLength(days * names.length);
  },
);
