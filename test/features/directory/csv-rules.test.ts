import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldName } from '../../../src/core/fold-name.ts';
import { planImport } from '../../../src/features/directory/csv/planning/rules.ts';
import { readCsv, writeCsv } from '../../../src/features/directory/csv/rules.ts';
import {
  emptyCard,
  type PartnerCard,
  sizeBands,
  tidyCard,
} from '../../../src/features/directory/partners/rules.ts';

const nobody = new Map();

function rowsOf(csv: string) {
  const read = readCsv(csv);
  if (!read.ok) throw new Error(read.why);
  return read.rows;
}

test.each([
  ['commas', 'Name,Sector,Offers\nHope House,Shelter,"beds, meals"\n'],
  ['semicolons', 'Name;Sector;Offers\nHope House;Shelter;beds, meals\n'],
  ['tabs', 'Name\tSector\tOffers\nHope House\tShelter\tbeds; meals\n'],
  ['a byte order mark', '\uFEFFName,Sector,Offers\nHope House,Shelter,beds;meals'],
  ['a byte order mark and quotes', '\uFEFF"Name","Sector","Offers"\n"Hope House","Shelter","beds;meals"'],
  ['Windows line ends', 'Name;Sector;Offers\r\nHope House;Shelter;"beds\r\nmeals"\r\n'],
  ['old Macintosh line ends', 'Name;Sector;Offers\rHope House;Shelter;beds,meals\r'],
  ['a line for Excel', 'sep=;\r\nName;Sector;Offers\r\nHope House;Shelter;beds,meals'],
  ['other names in another order', 'WHAT THEY OFFER,industry,Organization\n"beds,meals",Shelter,Hope House'],
  ['empty rows', '\n,,\nName,Sector,Offers\n\nHope House,Shelter,"beds, meals"\n,,\n'],
  ['spaces around', ' Name , Sector , Offers \n Hope House , Shelter ,beds;  meals '],
])('a list with %s is read', (_, csv) => {
  const [planned] = planImport(rowsOf(csv), nobody);
  expect(planned).toMatchObject({
    plan: 'create',
    card: { name: 'Hope House', sector: 'Shelter', offers: ['beds', 'meals'] },
  });
});

test.each([
  ['', 'empty'],
  ['\n ,\n', 'empty'],
  ['Hope House,Shelter', 'no-name-column'],
  ['Name,Sector\n"Hope House,Shelter\nOther,Health', 'open-quote'],
  [`Name\n${'x\n'.repeat(10_001)}`, 'too-many'],
])('a file that can not be read says why: %j', (csv, why) => {
  expect(readCsv(csv)).toEqual({ ok: false, why });
});

test('rows are numbered as a spreadsheet shows them, and each refusal has its reason', () => {
  const csv = [
    'Name,What they do,Sector,Size,Spotlight,Website',
    'Hope House,"two',
    'lines",Shelter,12,,x',
    ',no name,Health,,,',
    '',
    `${'N'.repeat(81)},,,,,`,
    'Good,,,a few,perhaps,',
    'hope  HOUSE,,,,,',
    'Comma,,,,,,spilled',
    'Caf\uFFFD,,,,,',
  ].join('\n');
  const read = readCsv(csv);
  expect(read.ok && read.ignored).toEqual(['Website']);
  const planned = planImport(rowsOf(csv), nobody);
  const reasons = planned.map((row) => [
    row.row,
    row.plan === 'refuse' ? row.problems.map(({ reason }) => reason) : row.plan,
  ]);
  expect(reasons).toEqual([
    [2, 'create'],
    [3, ['no-name']],
    [5, ['too-long']],
    [6, ['size', 'spotlight']],
    [7, ['twice']],
    [8, ['extra']],
    [9, ['lost-letters']],
  ]);
  expect(planned[4]).toMatchObject({ problems: [{ values: { row: 2 } }] });
});

test.each([
  ['1-10', '1-10'],
  ['11 to 50 people', '11-50'],
  ['51–250', '51-250'],
  ['over 250', 'over-250'],
  ['250+', 'over-250'],
  ['7', '1-10'],
  ['250', '51-250'],
  ['1000', 'over-250'],
  ['', ''],
])('a size written %j is understood', (typed, sizeBand) => {
  const [planned] = planImport(rowsOf(`Name,Size,x\nHope House,${typed},x`), nobody);
  expect(planned).toMatchObject({ plan: 'create', card: { sizeBand } });
});

test('an absent column leaves what is known, an empty cell empties it', () => {
  const before = { ...emptyCard, name: 'Hope House', sector: 'Shelter', area: 'North', leftAt: null };
  const known = new Map([[foldName(before.name), before]]);
  const [planned] = planImport(rowsOf('Name,Sector\nHope House,'), known);
  expect(planned).toMatchObject({
    plan: 'change',
    card: { sector: '', area: 'North' },
    changes: [{ column: 'sector', from: 'Shelter', to: '' }],
  });
  const gone = new Map([[foldName(before.name), { ...before, leftAt: new Date() }]]);
  expect(planImport(rowsOf('Name\nHope House'), gone)[0]).toMatchObject({ plan: 'change', again: true });
});

test.each(['=1+1', '+1', '-1', '@x', '\t=1', '\r=1', "'=1", "''=1", '＝1', '=HYPERLINK("http://x","y")'])(
  'no spreadsheet runs %j',
  (does) => {
    const card = { ...emptyCard, name: 'Hope House', does };
    const csv = writeCsv([card]);
    for (const line of csv.split('\r\n')) {
      for (const cell of line.split(',')) expect(cell).not.toMatch(/^["\uFEFF]*[=+\-@\t\r＝]/);
    }
    const [planned] = planImport(rowsOf(csv), nobody);
    expect(planned).toMatchObject({ plan: 'create', card: { does: tidyCard(card).does } });
  },
);

const nasty = fc.string({
  unit: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...'=+-@\t\r\n"\',;| ab') },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
  ),
  maxLength: 40,
});
const item = nasty.map((typed) => typed.replace(/[,;\n]/g, ' '));
const anyCard: fc.Arbitrary<PartnerCard> = fc
  .record({
    name: nasty,
    does: nasty,
    sector: nasty,
    area: nasty,
    sizeBand: fc.constantFrom('' as const, ...sizeBands),
    offers: fc.array(item, { maxLength: 5 }),
    needs: fc.array(item, { maxLength: 5 }),
    languages: fc.array(item, { maxLength: 5 }),
    spotlightConsent: fc.boolean(),
  })
  .map(tidyCard)
  .filter((card) => foldName(card.name) !== '' && !JSON.stringify(card).includes('\uFFFD'));

test('exporting and importing again changes nothing, whatever stands in the cells', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(anyCard, { maxLength: 6, selector: ({ name }) => foldName(name) }),
      (cards) => {
        const known = new Map(cards.map((card) => [foldName(card.name), { ...card, leftAt: null }]));
        const csv = writeCsv(cards);
        expect(planImport(rowsOf(csv), known).map(({ plan }) => plan)).toEqual(cards.map(() => 'same'));
        const made = planImport(rowsOf(csv), nobody).map((row) => row.plan === 'create' && row.card);
        expect(made).toEqual(cards);
      },
    ),
    { numRuns: 500 },
  );
});
