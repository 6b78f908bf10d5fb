import { expect, test } from 'vitest';
import type { Ballot } from '../../../src/features/decisions/counting/ballots/rules.ts';
import { decimal } from '../../../src/features/decisions/counting/rules.ts';
import { runOff } from '../../../src/features/decisions/counting/runoff/rules.ts';
import { countTransferable } from '../../../src/features/decisions/counting/transferable/rules.ts';

/** So many papers with one ranking, by name. */
function papers(candidates: readonly string[], ...piles: [number, string][]): Ballot[] {
  return piles.map(([weight, ranking]) => ({
    mark: { mark: 'ranking', order: ranking.split(' > ').map((name) => candidates.indexOf(name)) },
    weight: BigInt(weight),
  }));
}

/**
 * Published counts. The rankings are put together from the transfers that the returning officers published, so
 * each pile holds exactly what moved; preferences that never came into play are not in them.
 */
test('Lerwick South, 4 May 2017: four seats under SSI 2007/42, two surpluses and an exclusion', () => {
  // Shetland Islands Council, declaration of results 2017 (valid 1,492); transfers as in the ballot data
  // collected by David McCune (github.com/mggg/scot-elex, shetland_2017_ward7).
  const candidates = ['Campbell', 'Smith', 'Valente', 'Westlake', 'Wishart'];
  const ballots = papers(
    candidates,
    [299, 'Campbell'],
    [122, 'Smith'],
    [65, 'Smith > Valente'],
    [69, 'Smith > Valente > Westlake'],
    [173, 'Smith > Westlake'],
    [82, 'Valente'],
    [98, 'Valente > Westlake'],
    [190, 'Westlake'],
    [77, 'Wishart'],
    [120, 'Wishart > Valente'],
    [78, 'Wishart > Valente > Westlake'],
    [119, 'Wishart > Westlake'],
  );
  const counted = countTransferable(ballots, { candidates: 5, seats: 4, seed: 'unused' });

  expect(counted.quota).toBe(299n);
  const votesOf = (name: string) =>
    counted.stages.map(({ votes }) => decimal(votes[candidates.indexOf(name)] ?? 0n));
  expect(votesOf('Smith')).toEqual(['429', '299', '299', '299']);
  expect(votesOf('Wishart')).toEqual(['394', '394', '299', '299']);
  expect(votesOf('Campbell')).toEqual(['299', '299', '299', '299']);
  // Published to two decimals: 190, 242.42, 271.12, 408.83 and 180, 220.61, 268.35.
  expect(votesOf('Westlake')).toEqual(['190', '242.42419', '271.11628', '408.83193']);
  expect(votesOf('Valente').slice(0, 3)).toEqual(['180', '220.60602', '268.34580']);
  expect(counted.elected.map((each) => candidates[each])).toEqual([
    'Smith',
    'Wishart',
    'Campbell',
    'Westlake',
  ]);
});

test('Alaska, special general election for U.S. Representative, 16 August 2022', () => {
  // Division of Elections, official RCV detailed report of 2 September 2022.
  const candidates = ['Begich', 'Palin', 'Peltola'];
  const ballots = papers(
    candidates,
    [75_799, 'Peltola'],
    [58_973, 'Palin'],
    [15_467, 'Begich > Peltola'],
    [27_053, 'Begich > Palin'],
    [11_290, 'Begich'],
  );
  const { rounds, leader } = runOff(ballots, 3, 'undecided', 'unused');
  expect(rounds.map(({ votes }) => votes)).toEqual([
    [53_810n, 58_973n, 75_799n],
    [null, 86_026n, 91_266n],
  ]);
  expect(rounds[1]?.exhausted).toBe(11_290n);
  expect(leader).toEqual({ found: 'one', option: 2, byLot: false });
});

test('Ireland, presidential election, 7 November 1990: the leader on first preferences loses', () => {
  // Department of the Environment, Presidential Elections in Ireland: count of 9 November 1990.
  const candidates = ['Currie', 'Lenihan', 'Robinson'];
  const ballots = papers(
    candidates,
    [694_484, 'Lenihan'],
    [612_265, 'Robinson'],
    [205_565, 'Currie > Robinson'],
    [36_789, 'Currie > Lenihan'],
    [25_548, 'Currie'],
  );
  const { rounds, leader } = runOff(ballots, 3, 'undecided', 'unused');
  expect(rounds.map(({ votes }) => votes)).toEqual([
    [267_902n, 694_484n, 612_265n],
    [null, 731_273n, 817_830n],
  ]);
  expect(leader).toEqual({ found: 'one', option: 2, byLot: false });
});
