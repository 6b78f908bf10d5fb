import { forgetConfirmPress } from '../../src/features/directory/leaving/cards.ts';
import { twinWorkspace } from './apart/twin.ts';
import { listTwinIds, twinLetter } from './apart/twin-ids.ts';
import type { TestBot } from './bot.ts';
import type { TestCoalition } from './coalition.ts';
import type { Row } from './every-row.ts';
import { everyRow } from './every-row.ts';

/**
 * Somebody wants to be forgotten who took part in everything. Gives the rows of any table that still hold their name,
 * what they are called on the platform, or its id for them.
 */
export async function forget(bot: TestBot, coalition: TestCoalition, who: string): Promise<string[]> {
  const person = coalition.person(who);
  const { name } = await bot.database.member.findUniqueOrThrow({ where: { id: coalition.memberId(who) } });
  // What cannot be taken is kept for them.
  const tooLong = { partner: 'x'.repeat(200) };
  await person.does({ act: 'submit', id: 'core.options:partners.show', values: tooLong });
  const traces = [name.slice(0, 10), who, person.ref].map(
    (trace) => new RegExp(`${trace.replace(/[^\w\s]/g, '\\$&')}(?!\\d)`),
  );
  const naming = async () =>
    (await everyRow(bot.database)).filter(
      ({ text }) => !isOfTwin(text) && traces.some((trace) => trace.test(text)),
    );
  if ((await naming()).length < 3) throw new Error(`${who} took part in too little`);
  const reply = await person.pressesId(forgetConfirmPress.encode({}));
  if (reply.refused) throw new Error(`${who} is not forgotten: ${reply.text}`);
  await bot.settle();
  return (await naming()).map(
    ({ table, text }: Row) => `${who} is still in ${table}: ${around(text, traces)}`,
  );
}

/** A row of the other coalition that stands beside this one, or of nobody's. */
const isOfTwin = (text: string) =>
  text.includes(twinLetter) || text.includes(twinWorkspace('')) || listTwinIds(text).length > 0;

function around(text: string, traces: readonly RegExp[]): string {
  const at = Math.max(...traces.map((trace) => text.search(trace)));
  return text.slice(Math.max(0, at - 200), at + 100);
}
