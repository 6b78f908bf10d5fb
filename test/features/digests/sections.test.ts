import { expect, test } from 'vitest';
import { features } from '../../../src/features/all.ts';

test('every part of the coalition’s work has its section, news first and what is coming up among it', () => {
  const names = features.flatMap(({ adds }) => (adds.digest ?? []).map(({ name }) => name));
  expect([...new Set(names)]).toEqual([
    'new-partners',
    'introductions',
    'upcoming',
    'meetings-held',
    'decisions-open',
    'decisions-made',
    'open-roles',
    'thanks',
    'measures-learned',
    'spotlight',
    'announcements',
  ]);
});
