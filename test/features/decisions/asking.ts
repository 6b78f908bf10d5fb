import { expect } from 'vitest';
import type { PlatformName } from '../../../src/core/who.ts';
import type { TestBot } from '../../support/bot.ts';
import { makeCoalition, type NewPartner, type TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import type { Person, Reply } from '../../support/person.ts';

/** Five organisations of two sectors, each with a voice; the clinic has two alternates. */
export const fivePartners: readonly NewPartner[] = [
  { name: 'Clinic', sector: 'Health', voices: ['Ben', 'Bea', 'Bob'], members: ['Bo'] },
  { name: 'Food Bank', sector: 'Food', voices: ['Cleo'] },
  { name: 'Library', sector: 'Learning', voices: ['Dan'] },
  { name: 'Mosque', sector: 'Faith', voices: ['Eva'] },
  { name: 'School', sector: 'Learning', voices: ['Finn'] },
];

export const makeFive = (bot: TestBot, platform: PlatformName = 'console'): Promise<TestCoalition> =>
  makeCoalition(bot, { staff: ['Ana'], partners: fivePartners, platform });

type Asking = {
  question?: string;
  background?: string;
  options?: readonly string[];
  rule: string;
  until?: string;
  /** Fields of the forms behind “Change the rule”, “Quorum”, “Who decides”, “Who sees what” and “Time”. */
  adjust?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/** Somebody asks, adjusts the preview, and opens it. Gives the card that stands in the channel. */
export async function asks(
  bot: TestBot,
  person: Person,
  of: Asking,
  channel = 'general',
  platform: PlatformName = 'console',
): Promise<Posted> {
  const before = bot.channel(channel, platform).length;
  let preview = await prepares(person, of, channel);
  for (const [button, values] of Object.entries(of.adjust ?? {})) {
    await person.presses(button, preview);
    preview = await person.fills(values);
    expect(preview.refused, preview.text).toBeNull();
  }
  const opened = await person.presses('Open it', preview);
  expect(opened.refused, opened.text).toBeNull();
  await bot.settle();
  const card = bot.channel(channel, platform)[before];
  if (!card) throw new Error(`Nothing stands in #${channel}: ${opened.text}`);
  return card;
}

export async function prepares(person: Person, of: Asking, channel = 'general'): Promise<Reply> {
  await person.says('/decide new', { in: channel });
  const preview = await person.fills({
    question: of.question ?? 'Shall we open a second hub?',
    background: of.background ?? '',
    options: (of.options ?? []).join('\n'),
    rule: of.rule,
    until: of.until ?? '7 days',
  });
  return preview;
}

/** What a card says now, read aloud. */
export { cardText } from '../../../src/core/card-text.ts';
export const winnipeg = { language: 'en', timeZone: 'America/Winnipeg' };
