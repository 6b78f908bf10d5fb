import type { Feature } from '../../src/core/command.ts';
import type { PartnerId } from '../../src/core/ids.ts';
import type { Coalition } from '../../src/core/who.ts';
import { leaveConfirmPress } from '../../src/features/directory/leaving/cards.ts';
import { findMember, getCoalition } from '../../src/identity/store.ts';
import type { TestBot } from './bot.ts';
import type { TestCoalition } from './coalition.ts';
import { becomeOne } from './linking.ts';

const reader = { language: 'en', timeZone: 'UTC' };

/**
 * What happens to people and partners once a play is over: one looks at what they hold and what is stored, a digest
 * tells of all of it, one hands over, one leaves, two turn out to be one, and a partner ends. Every feature is told of
 * each.
 */
export async function liveOn(
  bot: TestBot,
  coalition: TestCoalition,
  features: readonly Feature[],
): Promise<void> {
  const { tools } = bot;
  const whole = await getCoalition(bot.database, coalition.id);
  const isHere = async (who: string) =>
    (await findMember(bot.database, coalition.id, coalition.memberId(who))) !== null;
  const found = await Promise.all(
    [1, 2, 3, 4].map((n) => findMember(bot.database, coalition.id, coalition.memberId(`Voice ${n}`))),
  );
  const member = found.find((each) => each?.partner);
  if (!member?.partner) throw new Error('Nobody who speaks for a partner is there any more');
  const partnerId = member.partner.id;
  for (const { adds } of features) {
    const scope = { coalition: whole, tools, reader };
    await adds.stored?.({ ...scope, member });
    await adds.myPlace?.({ ...scope, member });
    await adds.held?.({ ...scope, member });
    await adds.talkingPoints?.({ ...scope, partnerId });
  }
  await tellAll(bot, whole, partnerId, features);
  await tools.write(async (writing) => {
    const of = { coalition: whole, tools, writing };
    const [from, to] = [member.id, coalition.memberId('Alternate 1')];
    for (const { adds } of features) {
      await adds.partnersChanged?.(of);
      await adds.replan?.({ ...of, before: whole, reader });
      await adds.handedOver?.({ ...of, partnerId, from, to, elsewhere: false });
      await adds.handedOver?.({ ...of, partnerId, from: to, to: from, elsewhere: false });
    }
  });
  // Somebody who speaks for nobody: what they hold is nobody's then.
  const left = await coalition.person('Member 3').pressesId(leaveConfirmPress.encode({}));
  if (left.refused) throw new Error(`Member 3 cannot leave: ${left.text}`);
  const twins = ['Voice 2', 'Alternate 2'] as const;
  if ((await isHere(twins[0])) && (await isHere(twins[1])))
    await becomeOne(bot, coalition, { from: twins[1], into: twins[0] });
  const last = await bot.database.member.findUniqueOrThrow({ where: { id: coalition.memberId('Voice 5') } });
  await tools.write(async (writing) => {
    const ended = { coalition: whole, tools, writing, partnerId: last.partnerId as typeof partnerId };
    if (last.partnerId !== null) for (const { adds } of features) await adds.partnerEnded?.(ended);
  });
  await bot.settle();
}

/** A digest tells whatever there has ever been, and a partner sees what it promised. */
async function tellAll(
  { tools, clockHand, database }: TestBot,
  coalition: Coalition,
  partnerId: PartnerId,
  features: readonly Feature[],
): Promise<void> {
  const issue = await database.digestIssue.findFirst({ where: { coalitionId: coalition.id } });
  const occurrence = issue?.occurrence ?? 'ever';
  const of = { coalition, tools, reader, since: new Date(0), until: clockHand.now(), occurrence };
  for (const { adds } of features) {
    for (const section of adds.digest ?? []) {
      const items = await section.collect(of);
      const keys = items.flatMap(({ key, covers = [] }) => [key, ...covers]);
      await tools.write(async (writing) =>
        section.told?.({ writing, coalitionId: coalition.id, occurrence, keys }),
      );
    }
    for (const { measure } of adds.commitments ?? []) await measure({ ...of, partnerId });
  }
}
