import type { TestBot } from '../../support/bot.ts';
import type { TestCoalition } from '../../support/coalition.ts';
import type { Person, Reply } from '../../support/person.ts';

/** Makes a measure and starts it, by the commands staff would type. */
export async function startMeasure(
  staff: Person,
  of: {
    name?: string;
    unit?: string;
    kind?: 'number' | 'percent' | 'choice' | 'text';
    figures?: Readonly<Record<string, string>>;
    rhythm?: Readonly<Record<string, string>>;
    care?: Readonly<Record<string, string>>;
  } = {},
): Promise<Reply> {
  const { name = 'Children reached', unit = 'children', kind = 'number' } = of;
  await staff.says('/data measure');
  let card = await staff.fills({
    name,
    purpose: 'So that we see where places are missing',
    how: 'Each child counts once',
    kind,
    unit,
  });
  if (of.figures) {
    await staff.presses('Figures and who reports', card);
    card = await staff.fills(of.figures);
  }
  await staff.presses('When it is asked', card);
  card = await staff.fills({ often: 'weekly', due: '3', ...of.rhythm });
  if (of.care) {
    await staff.presses('Privacy and notice', card);
    card = await staff.fills(of.care);
  }
  return staff.presses('Start asking', card);
}

/** Everything that was ever said to somebody unasked, read aloud. */
export const inboxOf = (coalition: TestCoalition, name: string): string[] =>
  coalition
    .person(name)
    .inbox()
    .map(({ card }) => JSON.stringify(card));

export const at = async (bot: TestBot, when: string): Promise<void> => {
  bot.clockHand.goTo(when);
  await bot.settle();
};
