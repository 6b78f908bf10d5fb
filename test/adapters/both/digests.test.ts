import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBenAndCleo } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import { until } from '../../support/until.ts';

/** One digest for people in two places, everybody's own after it, and what staff see of who takes part. */
let both: Both;
const dayMs = 86_400_000;

beforeAll(async () => {
  both = await openBenAndCleo();
  // The day after everybody joined and was told so.
  both.goTo(new Date(Date.now() + dayMs));
});
afterAll(() => both.end());

const says = (name: string, typed: string) => both.next(name, () => both.onSlack(name).says(typed));
const weekOnSlack = (name: string) =>
  both
    .onSlack(name)
    .screen()
    .filter(({ text }) => text.includes('Your week'));
const weekOnDiscord = (name: string) =>
  both.discord
    .messagesIn(both.discord.world.direct.get(both.onDiscord(name).id) ?? '')
    .map(({ body }) => readable(body))
    .filter((text) => text.includes('Your week'));

test('whoever wants it gets a digest of their own after the weekly one, where they are', async () => {
  await says('Ana', '/digest schedule wednesday 9:00 general');
  await says('Ben', '/digest announce Open day on 12 March');
  expect((await says('Ben', '/digest personal want:yes')).text).toContain('After each weekly digest');
  const cleo = both.onDiscord('Cleo');
  const wanted = await cleo.runs('digest personal', { want: true });
  expect(wanted.text).toContain('After each weekly digest');

  both.goTo(new Date(Date.now() + 9 * dayMs));
  await until('both have theirs', async () => {
    await both.bot.sweep();
    return weekOnSlack('Ben').length > 0 && weekOnDiscord('Cleo').length > 0;
  });
  expect([weekOnSlack('Ben').length, weekOnDiscord('Cleo').length]).toEqual([1, 1]);
  expect(weekOnSlack('Ben')[0]?.text).toContain('Open day on 12 March');
  expect(weekOnDiscord('Cleo')[0]).toContain('Open day on 12 March');

  expect((await says('Ben', '/digest personal want:no')).text).toContain('no digest of your own');
  expect((await cleo.runs('digest personal', { want: false })).text).toContain('no digest of your own');
  expect(await both.bot.database.personalDigest.count()).toBe(0);
});

test('staff see on both who takes part in what, and nobody else sees it on either', async () => {
  const onSlack = await says('Ana', '/digest equity by:size');
  const onDiscord = await both.onDiscord('Ana').runs('digest equity', { by: 'size' });
  for (const { text } of [onSlack, onDiscord]) {
    expect(text).toContain('by size');
    expect(text).toContain('2 partners');
  }
  expect((await says('Ben', '/digest equity')).text).toContain('backbone');
  expect((await both.onDiscord('Cleo').runs('digest equity')).text).toContain('backbone');
});
