import { features } from '../../../src/features/all.ts';
import { codeIn } from '../linking.ts';
import { type Both, openBoth } from './under-test.ts';

/**
 * A coalition in both places that people have joined themselves. Ana is its staff and has an account in each.
 *
 * @param people who speaks for which organisation, and where they are
 */
export async function openJoined(
  people: readonly { name: string; organisation: string; on: 'slack' | 'discord' }[],
): Promise<Both> {
  const both = await openBoth({ features });
  await both.setUp();
  const own = await both.next('Ana', (ana) => ana.says('/coalition link-me'));
  await both.onDiscord('Ana').runs('coalition link-me', { code: codeIn(own) });
  for (const { name, organisation, on } of people) {
    const joining = { organisation, standing: 'representative', zone: 'UTC' };
    if (on === 'slack') await both.fillsOnSlack(name, (person) => person.says('/coalition join'), joining);
    else {
      const person = both.onDiscord(name);
      await person.fills(joining, await person.runs('coalition join'));
    }
  }
  return both;
}

/** Ben of the Food Bank on Slack and Cleo of the Library on Discord. */
export function openBenAndCleo(): Promise<Both> {
  return openJoined([
    { name: 'Ben', organisation: 'Food Bank', on: 'slack' },
    { name: 'Cleo', organisation: 'Library', on: 'discord' },
  ]);
}
