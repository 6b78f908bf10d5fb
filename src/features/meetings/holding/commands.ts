import { type Answer, refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { wholeNumber } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { findMeetingNumbered, listGuests, type Meeting } from '../meeting/store.ts';
import type { By } from '../proposing/forms.ts';
import { say } from '../words.ts';
import { askToFinish } from './buttons.ts';
import { rollCard } from './cards.ts';
import { findBegun } from './forms.ts';
import { postRoll } from './jobs.ts';

const options = { meeting: wholeNumber({ least: 1 }) };

async function findNumbered(
  number: number,
  { coalition, reader }: By,
  tools: Tools,
): Promise<Meeting | Answer> {
  const of = await findMeetingNumbered(tools.database, coalition.id, number);
  return of ?? refused('meetings.unknown', say(reader, 'refused.unknown', { number }));
}

export const roll = defineCommand({
  name: 'meet roll',
  answers: 'privately',
  by: 'member',
  options,
  async run({ options, asked, tools }) {
    const numbered = await findNumbered(options.meeting, asked, tools);
    if ('answer' in numbered) return numbered;
    const of = await findBegun(tools, asked, numbered.id);
    if ('answer' in of) return of;
    const posted = await tools.write((writing) => postRoll(writing, tools, asked.coalition, of));
    if (posted) return shown(card(paragraph(say(asked.reader, 'roll.where'))));
    return shown(rollCard(of, await listGuests(tools.database, of), asked.reader));
  },
});

export const writeDown = defineCommand({
  name: 'meet note',
  answers: 'privately',
  by: 'member',
  options,
  async run({ options, asked, tools }) {
    const of = await findNumbered(options.meeting, asked, tools);
    if ('answer' in of) return of;
    const begun = await findBegun(tools, asked, of.id);
    if ('answer' in begun) return begun;
    return shown(rollCard(begun, await listGuests(tools.database, begun), asked.reader));
  },
});

export const finishCommand = defineCommand({
  name: 'meet finish',
  answers: 'privately',
  by: 'member',
  options,
  async run({ options, asked, tools }) {
    const of = await findNumbered(options.meeting, asked, tools);
    return 'answer' in of ? of : askToFinish(of.id, asked, tools);
  },
});
