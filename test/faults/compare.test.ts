import { expect, test } from 'vitest';
import { compareActs } from '../../faults/compare/acts.ts';
import { compareMessages, type Due } from '../../faults/compare/messages.ts';
import { compareTold } from '../../faults/compare/told.ts';
import { makeLedger } from '../../faults/ledger.ts';
import { OptionError, readOptions } from '../../faults/options.ts';
import { makeRandom } from '../../faults/random.ts';

/** The comparison of `npm run faults` finds what is missing and what is doubled: otherwise its zeros say nothing. */
const due = (id: string, state = 'sent', outOfDate = false): Due => ({
  id,
  key: `digest:${id}`,
  state,
  failure: null,
  platform: 'slack',
  placeRef: 'C1',
  outOfDate,
});
const arrived = (id: string, mayRepeat = false) => ({ id, place: 'C1 on Slack', mayRepeat });
const found = (lost: number, duplicates: number, allowed = 0) => ({ lost, duplicates, allowed });
const counted = (findings: Record<'lost' | 'duplicates' | 'allowed', readonly string[]>) =>
  found(findings.lost.length, findings.duplicates.length, findings.allowed.length);

test('messages that all arrived once are neither lost nor doubled', () => {
  expect(counted(compareMessages([due('a'), due('b')], [arrived('b'), arrived('a')]))).toEqual(found(0, 0));
});

test('a message that nobody has is lost, and one that was never sent, and one that no row knows', () => {
  const findings = compareMessages([due('a'), due('b', 'waiting')], [arrived('c')]);
  expect(findings.lost).toEqual([
    'digest:a on slack in C1 (a) is sent by the rows, and nobody has it',
    'digest:b on slack in C1 (b) was never sent: it is waiting',
    'A message in C1 on Slack is known to no row (c)',
  ]);
});

test('a message may be dropped once it is of no use any more, and not before', () => {
  expect(counted(compareMessages([due('a', 'expired', true)], []))).toEqual(found(0, 0, 1));
  expect(counted(compareMessages([due('a', 'expired')], []))).toEqual(found(1, 0));
});

test('a message that stands twice is doubled, unless the platform left open whether the first arrived', () => {
  expect(counted(compareMessages([due('a')], [arrived('a'), arrived('a')]))).toEqual(found(0, 1));
  expect(counted(compareMessages([due('a')], [arrived('a', true), arrived('a')]))).toEqual(found(0, 0, 1));
  const thrice = [arrived('a', true), arrived('a'), arrived('a')];
  expect(counted(compareMessages([due('a')], thrice))).toEqual(found(0, 1));
});

test('what was acknowledged and is not in the rows, or is another thing there, is lost', () => {
  const ledger = makeLedger();
  ledger.tried('vote/1/Clinic', 'Yes');
  ledger.acknowledged('vote/1/Clinic', 'Yes');
  ledger.tried('vote/1/Library', 'No');
  const rows = (what: string) => [{ thing: 'vote/1/Clinic', what }];
  expect(counted(compareActs(ledger.expected(), rows('Yes')))).toEqual(found(0, 0));
  expect(counted(compareActs(ledger.expected(), rows('No')))).toEqual(found(1, 0));
  expect(counted(compareActs(ledger.expected(), []))).toEqual(found(1, 0));
  expect(counted(compareActs(ledger.expected(), [...rows('Yes'), ...rows('Yes')]))).toEqual(found(0, 1));
});

test('what somebody tried after that, and heard nothing of, may stand in its place', () => {
  const ledger = makeLedger();
  ledger.acknowledged('vote/1/Clinic', 'Yes');
  ledger.tried('vote/1/Clinic', 'No');
  const may = (what: string) => counted(compareActs(ledger.expected(), [{ thing: 'vote/1/Clinic', what }]));
  expect(may('Yes')).toEqual(found(0, 0));
  expect(may('No')).toEqual(found(0, 0));
  expect(may('Abstain')).toEqual(found(1, 0));
});

test('an outcome that is told nowhere, or twice in one place, is found', () => {
  const told = [
    { place: '#general', text: 'Decided. Decision 1: passed.' },
    { place: '#general', text: 'Decided. Decision 1: passed.' },
  ];
  const findings = compareTold(['Decided. Decision 1'], ['#general', '#elsewhere'], told);
  expect(counted(findings)).toEqual(found(1, 1));
});

test('the same seed chooses the same, and another one something else', () => {
  const chosen = (seed: number) => {
    const random = makeRandom(seed);
    return Array.from({ length: 20 }, () => random.between(1, 1000));
  };
  expect(chosen(7)).toEqual(chosen(7));
  expect(chosen(7)).not.toEqual(chosen(8));
});

test('an option that is not understood is told with those there are', () => {
  expect(readOptions(['--seed', '5', '--faults', '30'], false)).toEqual({
    seed: 5,
    faults: 30,
    queue: 'postgres',
  });
  expect(readOptions(['--seed', '5'], true).queue).toBe('redis');
  expect(() => readOptions(['--speed', '5'], true)).toThrow(OptionError);
  expect(() => readOptions(['--faults', 'many'], true)).toThrow('--faults takes a whole number');
  expect(() => readOptions(['--queue', 'redis'], false)).toThrow('redis-server');
});
