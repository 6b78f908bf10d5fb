import { expect, test } from 'vitest';
import { formIn, messageIn, scriptAs } from '../support/console-script.ts';
import { makeFaults } from '../support/faults.ts';
import type { BotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const { rows, start, killBeforeWriting, nothingLeftToSend } = makeFaults();

/** Staff ask, without a quorum; one partner says yes. */
async function askAndAnswer(bot: BotProcess): Promise<Date> {
  const mara = scriptAs(bot, 'mara-quill');
  const asked = formIn(await mara.says('/decide new'));
  const preview = messageIn(
    await mara.fills(asked, { question: 'Open a second hub?', rule: 'majority', until: '2 days' }),
  );
  const quorum = formIn(await mara.presses('Quorum', preview));
  const changed = messageIn(await mara.fills(quorum, { quorum: 'none', extension: '0' }));
  messageIn(await mara.presses('Open it', changed));
  await until('the card stands', async () => (await outcomes(bot, 'How it is decided')).length > 0);
  const [card] = await outcomes(bot, 'How it is decided');
  if (!card) throw new Error('The card is gone');
  const [speaker] = await rows<{ ref: string }>(
    `select a."ref" from "Account" a join "Member" m on m."id" = a."memberId" where m."standing" = 'representative'
     order by a."ref" limit 1`,
  );
  messageIn(await scriptAs(bot, speaker?.ref ?? '').presses('Yes', card));
  const [decision] = await rows<{ closesAt: Date }>(`select "closesAt" from "Decision"`);
  if (!decision) throw new Error('There is no decision');
  return decision.closesAt;
}

const outcomes = async (bot: BotProcess, words: string) =>
  (await bot.messages('mara-quill', 'general')).filter(({ text }) => text.includes(words));

/** However it was interrupted: one outcome was told, one entry is on the record, and the record checks out. */
async function expectClosedOnce(bot: BotProcess): Promise<void> {
  const told = () => outcomes(bot, 'Decided.');
  await until('the outcome has arrived', async () => (await told()).length > 0, 120_000);
  await nothingLeftToSend();
  expect(await told()).toHaveLength(1);
  expect((await told())[0]?.text).toContain('Passed. 1 of ');
  expect(await rows(`select from "Decision" where "state" = 'closed'`)).toHaveLength(1);
  expect(await rows(`select from "DecisionEntry" where "kind" = 'closed'`)).toHaveLength(1);
  const verified = messageIn(await scriptAs(bot, 'mara-quill').says('/decide verify'));
  expect(verified.text).toContain('as it was written');
}

test('killed in the middle of the close: nothing is half closed, and the restart closes it once', async () => {
  const first = await start();
  const closesAt = await askAndAnswer(first);
  await killBeforeWriting(first, 'DecisionEntry', closesAt.toISOString());
  expect(await rows(`select from "Decision" where "state" = 'closed'`)).toHaveLength(0);
  expect(await rows(`select from "DecisionTally" where "open"`)).toHaveLength(1);

  await expectClosedOnce(await start());
}, 300_000);

test('killed between the close and the telling of it: it stays closed, and is told once after the restart', async () => {
  const first = await start();
  const closesAt = await askAndAnswer(first);
  // Whatever else these days bring has been sent by then.
  await first.moveClock(new Date(closesAt.getTime() - 60_000).toISOString());
  await nothingLeftToSend();
  await killBeforeWriting(first, 'ConsoleMessage', closesAt.toISOString());
  expect(await rows(`select from "DecisionEntry" where "kind" = 'closed'`)).toHaveLength(1);
  await expectClosedOnce(await start());
}, 300_000);
