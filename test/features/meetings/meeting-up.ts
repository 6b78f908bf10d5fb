import { expect } from 'vitest';
import { cardText } from '../../../src/core/card-text.ts';
import type { PlatformName } from '../../../src/core/who.ts';
import type { TestBot } from '../../support/bot.ts';
import { makeCoalition, type NewPartner, type TestCoalition } from '../../support/coalition.ts';
import type { Posted } from '../../support/messenger.ts';
import { buttonsOf, type Person, type Reply } from '../../support/person.ts';

/** Five organisations of four sectors; the clinic has an alternate and somebody who does not speak for it. */
export const fivePartners: readonly NewPartner[] = [
  { name: 'Clinic', sector: 'Health', voices: ['Ben', 'Bea'], members: ['Bo'] },
  { name: 'Food Bank', sector: 'Food', voices: ['Cleo'] },
  { name: 'Library', sector: 'Learning', voices: ['Dan'] },
  { name: 'Mosque', sector: 'Faith', voices: ['Eva'] },
  { name: 'School', sector: 'Learning', voices: ['Finn'] },
];
export const everybody = ['Ben', 'Cleo', 'Dan', 'Eva', 'Finn'] as const;

export const makeFive = (bot: TestBot, platform: PlatformName = 'console'): Promise<TestCoalition> =>
  makeCoalition(bot, { staff: ['Ana'], partners: fivePartners, platform });

export const winnipeg = { language: 'en', timeZone: 'America/Winnipeg' };
export const read = (posted: Posted | undefined, reader = winnipeg) =>
  posted ? cardText(posted.card, reader) : '';

type Proposal = {
  about?: string;
  why?: string;
  times?: string;
  length?: string;
  where?: string;
  /** Fields of the forms behind “Change the times”, “Who has to come” and “How it closes”. */
  adjust?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

export async function prepares(person: Person, of: Proposal = {}, channel = 'general'): Promise<Reply> {
  await person.says('/meet propose', { in: channel });
  return person.fills({
    about: of.about ?? 'Winter plan',
    why: of.why ?? 'We agree who opens when.',
    times: of.times ?? 'Tuesday 10 March 3pm\nThursday 12 March 10:00',
    length: of.length ?? '90 min',
    where: of.where ?? 'Town hall',
  });
}

/** Somebody proposes, adjusts what is read back, and sends it. Gives the card that stands in the channel. */
export async function proposes(
  bot: TestBot,
  person: Person,
  of: Proposal = {},
  at: { channel?: string; platform?: PlatformName } = {},
): Promise<Posted> {
  const { channel = 'general', platform = 'console' } = at;
  const before = bot.channel(channel, platform).length;
  let draft = await prepares(person, of, channel);
  for (const [button, values] of Object.entries(of.adjust ?? {})) {
    await person.presses(button, draft);
    draft = await person.fills(values);
    expect(draft.refused, draft.text).toBeNull();
  }
  const sent = await person.presses('Send it', draft);
  expect(sent.refused, sent.text).toBeNull();
  await bot.settle();
  const card = bot.channel(channel, platform)[before];
  if (!card) throw new Error(`Nothing stands in #${channel}: ${sent.text}`);
  return card;
}

/** One organisation answers the slots in the order of their numbers, from the card in the channel. */
export async function answers(
  person: Person,
  card: Posted,
  said: readonly ('Yes' | 'If need be' | 'No')[],
): Promise<Reply> {
  let own = await person.presses('Answer', card);
  for (const [index, word] of said.entries()) {
    own = await person.presses(`${index + 1}: ${word}`, own);
    expect(own.refused, own.text).toBeNull();
  }
  return own;
}

export const labelsOf = (of: Posted | Reply): string[] =>
  of.card ? buttonsOf(of.card).map(({ label }) => label) : [];

/** The file that came with a message, as a calendar reads it. */
export function fileIn(posted: Posted | Reply | undefined): string {
  const file = posted?.card?.parts.find((part) => part.part === 'file');
  if (file?.part !== 'file') throw new Error('No file came with it');
  return file.content;
}
