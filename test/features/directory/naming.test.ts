import { expect, test } from 'vitest';
import { type Renaming, withoutName } from '../../../src/features/directory/leaving/naming/rules.ts';

const ann: Renaming = { memberId: 'm1', name: 'Ann', instead: 'A former member', isShared: false };

test('a name goes from mentions and from words, and other names that begin alike stay', () => {
  const card = {
    parts: [{ text: ['Annual report, by Ann: ', { member: 'm1', name: 'Ann' }, ' and Ann’s'] }],
  };
  expect(withoutName(card, ann)).toEqual({
    parts: [
      {
        text: [
          'Annual report, by A former member: ',
          { member: 'm1', name: 'A former member' },
          ' and A former member’s',
        ],
      },
    ],
  });
});

test('where two have one name, only what surely means the one loses it', () => {
  const text = ['Ann met Ann: ', { member: 'm1', name: 'Ann' }, { member: 'm2', name: 'Ann' }];
  expect(withoutName(text, { ...ann, isShared: true })).toEqual([
    'Ann met Ann: ',
    { member: 'm1', name: 'A former member' },
    { member: 'm2', name: 'Ann' },
  ]);
});

test('a long name goes too where only its beginning had room', () => {
  const name = 'Annabelle Featherstonehaugh';
  expect(withoutName(['Meeting: Annabelle Feath… and others…', 'Anna…'], { ...ann, name })).toEqual([
    'Meeting: A former member… and others…',
    'Anna…',
  ]);
});

test('a name goes from a calendar file whose lines break within it, and from the links beside it', () => {
  const name = 'Annabelle Featherstonehaugh';
  const file = 'BEGIN:VCALENDAR\r\nSUMMARY:Getting to know each other: Annabelle Feath\r\n erstonehaugh\r\n';
  const href = 'https://calendar.google.com/calendar/render?text=Annabelle+Featherstonehaugh&dates=2';
  expect(withoutName([file, href], { ...ann, name })).toEqual([
    'BEGIN:VCALENDAR\r\nSUMMARY:Getting to know each other: A former member\r\n',
    'https://calendar.google.com/calendar/render?text=A+former+member&dates=2',
  ]);
});

test.each(['A.B', '(x', 'a+b', 'C*', '[d]', 'e|f', '$1', 'g/h', 'i-j', '小林', "O'Neil", 'a\\b'])(
  'a person may be called %s',
  (name) => {
    expect(withoutName([`so ${name}, too`, 5, null], { ...ann, name })).toEqual([
      'so A former member, too',
      5,
      null,
    ]);
  },
);
