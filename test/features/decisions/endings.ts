import type { asks } from './asking.ts';

/** Those who speak for the five organisations of `makeFive`, in their order. */
export const everybody = ['Ben', 'Cleo', 'Dan', 'Eva', 'Finn'] as const;
const threeOptions = ['Bus', 'Van', 'Bikes'];
export const shuttle = { question: 'Which shuttle?', options: threeOptions };

/** Each answer in the order of the five organisations: a button, a form behind one, or nothing. */
export type Answering = readonly (
  | string
  | { button: string; fills: Readonly<Record<string, string>> }
  | null
)[];

const marks = (...typed: (string | null)[]): Answering =>
  typed.map((each) => each && { button: 'Rank the options', fills: { marks: each } });
const points = (...typed: (string | null)[]): Answering =>
  typed.map((each) => each && { button: 'Give points', fills: { marks: each } });
const objects = { button: 'Object', fills: { reason: 'It would close the old one.' } };
const blocks = { button: 'Block', fills: { reason: 'Our board forbids it.' } };

/** Every rule, from a question to what is said at its close. */
export const endings: readonly [
  title: string,
  asking: Parameters<typeof asks>[2],
  answers: Answering,
  says: string,
][] = [
  [
    'consent passes without an objection',
    { rule: 'consent' },
    ['Consent', 'Stand aside', 'Abstain', null, null],
    'Passed.',
  ],
  [
    'consent fails with one objection',
    { rule: 'consent' },
    ['Consent', 'Consent', objects, 'Consent', null],
    'Did not pass.',
  ],
  [
    'consensus fails with one block',
    { rule: 'consensus' },
    ['Agree', 'Agree', blocks, null, null],
    'Did not pass.',
  ],
  [
    'consensus minus one bears one block',
    { rule: 'consensus-minus-1' },
    ['Agree', 'Agree', blocks, null, null],
    'Passed.',
  ],
  [
    'an equal split is no majority',
    { rule: 'majority' },
    ['Yes', 'Yes', 'No', 'No', 'Abstain'],
    'Did not pass.',
  ],
  ['two of three are two thirds', { rule: 'two-thirds' }, ['Yes', 'Yes', 'No', 'Abstain', null], 'Passed.'],
  [
    'more than 60% of everybody is not three of five',
    {
      rule: 'share',
      adjust: { 'Change the rule': { rule: 'share', threshold: 'more than 60%', base: 'electorate' } },
    },
    ['Yes', 'Yes', 'Yes', null, null],
    'Did not pass.',
  ],
  [
    'the option with most votes wins',
    { ...shuttle, rule: 'plurality' },
    ['Bus', 'Van', 'Van', null, null],
    'Chosen: Van.',
  ],
  [
    'level options decide nothing',
    { ...shuttle, rule: 'plurality' },
    ['Bus', 'Van', 'Bikes', 'Abstain', null],
    'came out level',
  ],
  [
    'a run-off moves the last one’s ballots',
    { ...shuttle, rule: 'runoff' },
    marks('1', '1', '2', '2', '3 2'),
    'Chosen: Van.',
  ],
  [
    'several seats are filled by transfers',
    { ...shuttle, rule: 'transferable' },
    marks('1 3', '1 3', '1 3', '2', '3'),
    'Chosen: Bus, Bikes.',
  ],
  [
    'the highest score wins',
    { ...shuttle, rule: 'score' },
    points('5, 4, 0', '0, 4, 5', '0, 4, 0', null, null),
    'Chosen: Van.',
  ],
  [
    'the most dots win',
    { ...shuttle, rule: 'dots' },
    points('3:5', '1:2 2:2', '1:2', null, null),
    'Chosen: Bikes.',
  ],
  [
    'a sense check decides nothing',
    { rule: 'sense' },
    ['Yes', 'Unsure', 'No', null, null],
    'Everybody has been heard.',
  ],
];
