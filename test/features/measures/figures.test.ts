import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDecimal, readGiven } from '../../../src/features/measures/figures/reading/rules.ts';
import {
  decimalSignOf,
  Exact,
  type Figure,
  isUnusual,
  sayDecimal,
  sumOf,
  typedFigure,
  typedGroups,
} from '../../../src/features/measures/figures/rules.ts';

const languages = ['en', 'fr', 'de', 'es', 'pt-BR', 'en-IN', 'de-CH', 'sv', 'pl'] as const;
const anyDecimal = fc
  .tuple(
    fc.boolean(),
    fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }),
    fc.bigInt({ min: 0n, max: 10n ** 10n - 1n }),
  )
  .map(([minus, whole, fraction]) => {
    const value = new Exact(`${whole}.${String(fraction).padStart(10, '0')}`);
    return (minus && !value.isZero() ? value.neg() : value).toFixed();
  });
const number = { kind: 'number', unit: 'tonnes', choices: [], breakdowns: [] } as const;
const percent = { ...number, kind: 'percent', unit: '' } as const;
const readings = (typed: string, language = 'en', of: Parameters<typeof readGiven>[0] = number) => {
  const read = readGiven(of, { figure: typed, groups: '' }, language);
  return read.ok ? read.readings.map(({ figure }) => figure) : read.problem.why;
};
const values = (typed: string, language = 'en') => {
  const read = readings(typed, language);
  return Array.isArray(read) ? read.map((figure) => (figure.kind === 'number' ? figure.value : '')) : read;
};

test('a decimal is read as people of both conventions write it', () => {
  const cases: [string, string[] | string][] = [
    ['1,5', ['1.5']],
    ['1.5', ['1.5']],
    ['1 234,5', ['1234.5']],
    ['1\u{202F}234,5', ['1234.5']],
    ['1.234,5', ['1234.5']],
    ['1,234.5', ['1234.5']],
    ['1’234.5', ['1234.5']],
    ['12,34,567.8', ['1234567.8']],
    ['1.234.567', ['1234567']],
    ['0.123', ['0.123']],
    ['0,5', ['0.5']],
    ['1234.567', ['1234.567']],
    ['−3', ['-3']],
    ['-0', ['0']],
    ['007', ['7']],
    ['12 tonnes', ['12']],
    ['١٢٫٥', ['12.5']],
    ['12', ['12']],
    ['1.23.4', 'number'],
    ['1 23', 'number'],
    ['1,2,3', 'number'],
    ['.5', 'number'],
    ['5.', 'number'],
    ['1e5', 'number'],
    ['0x10', 'number'],
    ['NaN', 'number'],
    ['Infinity', 'number'],
    ['', 'number'],
    ['12 apples', 'number'],
    ['1'.repeat(21), 'too-exact'],
    ['0.12345678901', 'too-exact'],
  ];
  for (const [typed, expected] of cases) expect(values(typed), typed).toEqual(expected);
});

test('what can mean two things has two readings, the likelier one first', () => {
  expect(values('1.234', 'en')).toEqual(['1.234', '1234']);
  expect(values('1.234', 'de')).toEqual(['1234', '1.234']);
  expect(values('1,234', 'en')).toEqual(['1234', '1.234']);
});

test('whatever has a sign in it is read back before it is kept, a plain number is not', () => {
  const back = (typed: string) => {
    const read = readGiven(number, { figure: typed, groups: '' }, 'en');
    return read.ok && read.readBack;
  };
  expect([back('12'), back('1 234'), back('1.5'), back('1,5'), back('1.234')]).toEqual([
    ...[false, false, true, true, true],
  ]);
});

test('what is shown in any language is read again as the same decimal, to the last digit', () => {
  fc.assert(
    fc.property(anyDecimal, fc.constantFrom(...languages), (value, language) => {
      expect(parseDecimal(sayDecimal(value, language), decimalSignOf(language))).toBe(value);
      expect(parseDecimal(typedFigure({ kind: 'number', value }, language), decimalSignOf(language))).toBe(
        value,
      );
    }),
  );
});

test('what a form is filled with is read again as what was given, breakdowns too', () => {
  const breakdowns = [
    { name: 'Gender', groups: ['girls', 'boys'] },
    { name: 'Age', groups: ['0 to 5', '6 to 12'] },
  ];
  fc.assert(
    fc.property(
      fc.array(anyDecimal, { minLength: 2, maxLength: 2 }),
      fc.constantFrom(...languages),
      ([first = '0', second = '0'], language) => {
        const figure = (value: string): Figure => ({ kind: 'number', value });
        const whole = new Exact(first).plus(second);
        fc.pre(whole.abs().lt('1e20'));
        const groups = [
          { breakdown: 'Gender', group: 'girls', figure: figure(first) },
          { breakdown: 'Gender', group: 'boys', figure: figure(second) },
        ];
        const given = { figure: figure(whole.isZero() ? '0' : whole.toFixed()), groups };
        const typed = {
          figure: typedFigure(given.figure, language),
          groups: typedGroups(breakdowns, groups, language),
        };
        const read = readGiven({ ...number, breakdowns }, typed, language);
        expect(read.ok && read.readings[0]).toEqual(given);
      },
    ),
  );
});

test('a share keeps what it is a share of, so that totals are right', () => {
  expect(readings('12/30', 'en', percent)).toEqual([{ kind: 'percent', part: '12', whole: '30' }]);
  expect(readings('12 of 30', 'en', percent)).toEqual([{ kind: 'percent', part: '12', whole: '30' }]);
  expect(readings('12 out of 30', 'en', percent)).toEqual([{ kind: 'percent', part: '12', whole: '30' }]);
  expect(readings('0/0', 'en', percent)).toEqual([{ kind: 'percent', part: '0', whole: '0' }]);
  expect(readings('40 %', 'en', percent)).toBe('two-numbers');
  expect(readings('31/30', 'en', percent)).toBe('whole');
  const sum = sumOf([
    { kind: 'percent', part: '1', whole: '2' },
    { kind: 'percent', part: '1', whole: '98' },
  ]);
  expect([sum?.value.toFixed(), sum?.whole.toFixed()]).toEqual(['2', '100']);
});

test('groups that do not come to the whole are refused with both sums', () => {
  const breakdowns = [{ name: 'Gender', groups: ['girls', 'boys'] }];
  const read = (groups: string, figure = '21') =>
    readGiven({ ...number, breakdowns }, { figure, groups }, 'en');
  expect(read('girls: 12\nboys: 10')).toMatchObject({
    problem: { why: 'sum', values: { sum: '22', total: '21' } },
  });
  expect(read('girls: 12\nboys: 9').ok).toBe(true);
  expect(read('girls: 12\nboys:').ok).toBe(true);
  expect(read('girls: 22').ok).toBe(false);
  expect(read('women: 22')).toMatchObject({ problem: { why: 'group' } });
  expect(read('girls: 1\nGirls: 1')).toMatchObject({ problem: { why: 'group-twice' } });
  expect(read('no colon here')).toMatchObject({ problem: { why: 'line' } });
});

test('adding ten thousand figures loses nothing', () => {
  const figures = Array.from({ length: 10_000 }, (): Figure => ({ kind: 'number', value: '0.1' }));
  expect(sumOf(figures)?.value.toFixed()).toBe('1000');
});

test('only what lies outside the agreed range is unusual', () => {
  const range = { least: '0', most: '100' };
  const of = (value: string) => isUnusual(range, { kind: 'number', value });
  expect([of('0'), of('100'), of('100.0000000001'), of('-1')]).toEqual([false, false, true, true]);
  expect(isUnusual({ least: '50', most: null }, { kind: 'percent', part: '1', whole: '3' })).toBe(true);
});
