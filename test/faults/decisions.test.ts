import { expect, test } from 'vitest';
import { formIn, messageIn, scriptAs } from '../support/console-script.ts';
import { makeFaults } from '../support/faults.ts';
import type { BotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const { rows, start, killBeforeWriting } = makeFaults();

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

test('killed in the middle of the close: nothing is half closed, and the restart closes it once', async () => {
  const first = await start();
  const closesAt = await askAndAnswer(first);
  await killBeforeWriting(first, 'DecisionEntry', closesAt.toISOString());
  expect(await rows(`select from "Decision" where "state" = 'closed'`)).toHaveLength(0);
  expect(await rows(`select from "DecisionTally" where "open"`)).toHaveLength(1);

  const second = await start();
  await until(
    'the outcome has arrived',
    async () => (await outcomes(second, 'Decided.')).length > 0,
    120_000,
  );
  expect(await outcomes(second, 'Decided.')).toHaveLength(1);
  expect((await outcomes(second, 'Decided.'))[0]?.text).toContain('Passed. 1 of ');
  expect(await rows(`select from "DecisionEntry" where "kind" = 'closed'`)).toHaveLength(1);
  const verified = messageIn(await scriptAs(second, 'mara-quill').says('/decide verify'));
  expect(verified.text).toContain('as it was written');
}, 300_000);
