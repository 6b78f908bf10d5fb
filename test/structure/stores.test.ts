import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { checkDependencies } from '../../scripts/structure/dependencies.ts';
import { checkStoreFunctions, listStoreFunctions, readStore } from '../../scripts/structure/stores.ts';
import { projectRoot } from '../../src/project-root.ts';
import { listDue, listMisplaced, listWalked } from '../support/apart/who-walks.ts';

test('every store function takes the coalition first, or stands among the exceptions with its reason', () => {
  expect(listStoreFunctions().length).toBeGreaterThan(500);
  expect(checkStoreFunctions()).toEqual([]);
});

test('a store function that would find a row by its id alone is named', () => {
  const found = readStore(
    'features/roles/seats/store.ts',
    `export async function findSeat(\n  reading: Reading,\n  id: SeatId,\n): Promise<Seat | null> {}
export const listSeats = (reading: Reading, coalitionId: CoalitionId) => [];
export async function takeSeat({ tx }: Writing, of: { coalitionId: CoalitionId; id: SeatId }): Promise<void> {}
export function seatOf(row: Row): Seat {}`,
  );
  expect(found.map(({ name, takes }) => [name.split(' ')[1], takes[0]])).toEqual([
    ['findSeat', 'SeatId'],
    ['listSeats', 'CoalitionId'],
    ['takeSeat', '{ coalitionId: CoalitionId; id: SeatId }'],
  ]);
  const problems = checkStoreFunctions(found).filter((problem) => !problem.includes('is an exception'));
  expect(problems).toEqual([expect.stringContaining('findSeat takes SeatId first')]);
});

test('every feature has a play whose end walks its store functions', () => {
  const folders = readdirSync(path.join(projectRoot, 'src/features'), { withFileTypes: true });
  const features = folders.filter((each) => each.isDirectory()).map(({ name }) => name);
  expect(features.length).toBeGreaterThan(8);
  const plays = path.join(projectRoot, 'test/features/longest');
  expect(features.filter((name) => !existsSync(path.join(plays, `${name}.test.ts`)))).toEqual([]);

  expect(features.flatMap(listDue).toSorted()).toEqual(listWalked().toSorted());
  expect(listMisplaced()).toEqual([]);
});

test('every direct dependency has its reason, and nothing has a reason that is none', () => {
  expect(checkDependencies()).toEqual([]);
  const manifest = JSON.stringify({ dependencies: { zod: '4.6.7', pg: '^8.0.0' }, devDependencies: {} });
  const list = '| library | for |\n| --- | --- |\n| `zod` | parsing |\n| `hono` | the web server |\n';
  expect(checkDependencies({ manifest, list })).toEqual([
    expect.stringContaining('gives no reason for pg'),
    expect.stringContaining('takes pg as ^8.0.0'),
    expect.stringContaining('lists hono'),
  ]);
});
