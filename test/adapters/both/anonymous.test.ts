import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJoined } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { everyRow } from '../../support/every-row.ts';
import { readBlocks } from '../../support/slack/read-blocks.ts';
import { until } from '../../support/until.ts';

let both: Both;
const secretWords = 'Anonymous: nobody in the coalition, staff included';
const receiptIn = (text: string) =>
  /(?:\w{4}-){3}\w{4}/.exec(text.slice(text.indexOf('receipt code')))?.[0] ?? '';

beforeAll(async () => {
  both = await openJoined([
    { name: 'Ben', organisation: 'Clinic', on: 'slack' },
    { name: 'Cleo', organisation: 'Library', on: 'discord' },
  ]);
});
afterAll(() => both.end());

test('an anonymous ballot from Slack and one from Discord leave neither receipt nor draft nor log line', async () => {
  const ana = both.onSlack('Ana');
  await ana.says('/decide new');
  await both.slack.until(() => ana.form(), 'the form');
  const asked = {
    question: 'Secretly?',
    rule: 'plurality',
    options: 'Periwinkle\nMarigold',
    until: '7 days',
  };
  const preview = await both.next('Ana', () => ana.fills(asked));
  await ana.presses('Who sees what', preview);
  await both.slack.until(() => ana.form(), 'the form');
  await ana.fills({ anonymous: 'yes', reasons: 'optional' });
  const changed = await both.slack.until(
    () =>
      ana.screen().findLast((seen) => seen.buttons.includes('Open it') && seen.text.includes(secretWords)),
    'the changed preview',
  );
  await ana.presses('Open it', changed);

  const ben = both.onSlack('Ben');
  const onSlack = await both.slack.until(
    () => ben.screen().find(({ buttons }) => buttons.includes('Answer anonymously')),
    'the card on Slack',
  );
  await ben.presses('Answer anonymously', onSlack);
  await both.slack.until(() => ben.form(), 'the secret form');
  const told = await both.next('Ben', () => ben.fills({ answer: '0', reason: 'Because of the violets.' }));
  const slackCode = receiptIn(told.text);
  expect(slackCode, told.text).toMatch(/^(\w{4}-){3}\w{4}$/);

  const cleo = both.onDiscord('Cleo');
  await cleo.runs('decide share', { decision: 1 });
  const cardOnDiscord = () =>
    both.discord.messagesIn(both.discord.general).find(({ ephemeral }) => !ephemeral);
  await until('the card on Discord', () => cardOnDiscord() !== undefined);
  const onDiscord = cardOnDiscord();
  if (!onDiscord) throw new Error('The card on Discord is gone');
  const secret = await cleo.presses('Answer anonymously', onDiscord);
  const answered = await cleo.fills({ answer: '1', reason: 'Because of the bees.' }, secret);
  const discordCode = receiptIn(answered.text);
  expect(discordCode, answered.text).toMatch(/^(\w{4}-){3}\w{4}$/);

  // A code that is wrong, and one that is right, are typed into forms too.
  const wrong = await cleo.presses('Answer anonymously', onDiscord);
  const refused = await cleo.fills(
    { answer: '1', reason: 'Because of wasps.', code: 'zzzz-zzzz-zzzz-zzzz' },
    wrong,
  );
  expect(refused.text).toContain('is not known');
  await ben.says('/decide receipt');
  await both.slack.until(() => ben.form(), 'the receipt form');
  const checked = await both.next('Ben', () => ben.fills({ number: '1', code: slackCode }));
  expect(checked.text).toContain('is in. It says: Periwinkle');

  const rows = await everyRow(both.bot.database);
  const stored = rows.map(({ text }) => text).join('\n');
  const logged = JSON.stringify(both.log.lines);
  expect(stored).toContain('Because of the violets.');
  for (const code of [slackCode, discordCode, 'zzzz-zzzz']) {
    expect(stored).not.toContain(code);
    expect(logged).not.toContain(code);
  }
  for (const reason of ['violets', 'bees', 'wasps']) expect(logged).not.toContain(reason);
  expect(stored).not.toContain('wasps');
  expect(rows.filter(({ table }) => table === 'Draft')).toEqual([]);
  // Nobody else in the channel sees anything of it either.
  const posted = both.slack.messages.filter((each) => each.metadata !== null && !each.gone);
  const shown = posted.map(({ blocks }) => readBlocks(blocks)).join('\n');
  for (const word of [slackCode, discordCode, 'violets', 'bees']) expect(shown).not.toContain(word);
});
