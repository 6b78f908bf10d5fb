import { type Card, card, heading, type Part } from '../../src/core/card.ts';
import { choice } from '../../src/core/field.ts';
import type { MemberId } from '../../src/core/ids.ts';
import { oneOf, press } from '../../src/core/press.ts';
import type { Reader } from '../../src/core/reader.ts';
import { bold, code, instant, text } from '../../src/core/text.ts';
import { say } from './sample-words.ts';

export const colours = ['red', 'green', 'blue'] as const;
export const colour = choice(colours, 'colour');

export const presses = {
  count: press('sample.count', {}),
  aside: press('sample.aside', {}),
  vanish: press('sample.vanish', {}),
  private: press('sample.private', {}),
  loud: press('sample.loud', {}),
  form: press('sample.form', {}),
  pick: press('sample.pick', { from: oneOf(['card', 'live']) }),
} as const;

/** What no platform may let act, in one line. */
export const hostile =
  '<!channel> @everyone <b>bold?</b> *stars* `ticks` [link](https://example.org) \u202Ertl';

/** One of each part, and one of each inline inside them. */
export function everyPart(reader: Reader, mention: { member: MemberId; name: string }): Card {
  const at = instant(new Date('2026-03-06T15:00:00Z'), 'America/Winnipeg');
  const parts: Part[] = [
    heading('Every part'),
    { part: 'text', text: text('Plain, ', bold('bold'), ', ', { italic: ['italic'] }, ', ', code('code')) },
    { part: 'text', text: text({ link: 'https://example.org/a?b=1&c=2', text: 'a link' }, ' and ', mention) },
    { part: 'text', text: text('In ', { place: 'general', name: 'general' }, ' at ', at) },
    { part: 'text', text: text(hostile) },
    {
      part: 'fields',
      fields: [
        { label: 'Date', value: text({ ...at, show: 'date' }) },
        { label: 'Time', value: text({ ...at, show: 'time' }) },
        { label: 'When', value: text({ ...at, show: 'relative' }) },
      ],
    },
    { part: 'list', items: [text('first'), text(bold('second'))], ordered: true },
    { part: 'list', items: [text('a point')] },
    {
      part: 'tally',
      total: 5,
      options: [
        { label: 'Yes', count: 3, voters: ['Ana', 'Ben', 'Cleo'] },
        { label: 'No', count: 2 },
      ],
    },
    { part: 'progress', label: 'Imported', done: 40, total: 100 },
    {
      part: 'people',
      people: [
        { name: 'Ana', note: 'hosts' },
        { name: 'Ben', note: '' },
      ],
    },
    { part: 'image', url: 'https://example.org/chart.png', alt: 'A rising line' },
    { part: 'file', name: 'names.csv', mediaType: 'text/csv', content: 'name\r\nAna\r\n' },
    { part: 'note', text: text('A note.') },
    { part: 'divider' },
    { part: 'select', select: pickColour(reader, 'card') },
    {
      part: 'buttons',
      buttons: [
        { id: presses.aside.encode({}), label: say.plain(reader, 'press.aside'), look: 'primary' },
        { id: presses.private.encode({}), label: say.plain(reader, 'press.private') },
        { id: presses.loud.encode({}), label: say.plain(reader, 'press.loud') },
        { id: presses.form.encode({}), label: say.plain(reader, 'press.form') },
        { id: presses.vanish.encode({}), label: say.plain(reader, 'press.vanish') },
      ],
    },
  ];
  return card(...parts);
}

function pickColour(reader: Reader, from: 'card' | 'live') {
  return {
    id: presses.pick.encode({ from }),
    placeholder: say.plain(reader, 'pick.placeholder'),
    choices: colours.map((value) => ({ value, label: say.plain(reader, `colour.${value}`) })),
  };
}

/** The card that counts presses. */
export function countCard(reader: Reader, count: number): Card {
  const confirm = say.plain(reader, 'press.count.confirm');
  return card(
    heading(say.plain(reader, 'live.title', { count })),
    { part: 'select', select: pickColour(reader, 'live') },
    {
      part: 'buttons',
      buttons: [
        {
          id: presses.count.encode({}),
          label: say.plain(reader, 'press.count'),
          look: 'danger',
          confirm,
        },
      ],
    },
  );
}
