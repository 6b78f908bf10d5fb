import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { makeCoalition, type TestCoalition } from '../../support/coalition.ts';
import { becomeOne, whereNamed } from '../../support/linking.ts';

let bot: TestBot;
let coalition: TestCoalition;
beforeAll(async () => {
  bot = await openTestBot();
  const partners = [{ name: 'Food Bank', voices: ['Ben', 'Benny'] }];
  coalition = await makeCoalition(bot, { staff: ['Ana'], partners });
});
afterAll(() => bot.end());

test('what was drafted, said and signed with another account is theirs', async () => {
  const from = coalition.memberId('Benny');
  const promises = { time: 'Two hours', duration: 'A year', gives: 'A voice', gets: 'A say' };
  const version = await bot.database.agreementVersion.create({
    data: {
      ...{ coalitionId: coalition.id, number: 1, state: 'adopted', live: false, ...promises },
      ...{ changes: 'By consent', staying: 'Coming', draftedById: from, draftedAt: bot.clockHand.now() },
      ...{ adoptedById: from, adoptedAt: bot.clockHand.now() },
    },
  });
  const ofVersion = { coalitionId: coalition.id, versionId: version.id };
  const by = { partnerId: coalition.partnerId('Food Bank'), memberId: from };
  const at = bot.clockHand.now();
  await bot.database.agreementComment.create({ data: { ...ofVersion, ...by, text: 'Fair', at } });
  await bot.database.agreementSignature.create({ data: { ...ofVersion, ...by, signedAt: at } });
  const named = await whereNamed(bot, 'Agreement', from);
  expect(named).toEqual([
    'AgreementComment.memberId',
    'AgreementSignature.memberId',
    'AgreementVersion.adoptedById',
    'AgreementVersion.draftedById',
  ]);

  const { into } = await becomeOne(bot, coalition, { from: 'Benny', into: 'Ben' });

  expect(await whereNamed(bot, 'Agreement', from)).toEqual([]);
  expect(await whereNamed(bot, 'Agreement', into)).toEqual(named);
});
