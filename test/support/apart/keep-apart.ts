import { expect } from 'vitest';
import { takesNoCoalition, trustsItsIds } from '../../../scripts/structure/stores.ts';
import type { Feature } from '../../../src/core/command.ts';
import type { TestBot } from '../bot.ts';
import type { TestCoalition } from '../coalition.ts';
import type { Person } from '../person.ts';
import { pressTwins } from './press-twins.ts';
import { replay, replayAsItWas } from './replay-stores.ts';
import type { KeptCalls } from './store-calls.ts';
import { makeTwin } from './twin.ts';

/**
 * Walks everything that happens in a coalition once more with the ids of its twin: each store function, button, form
 * and command. Nothing of the twin may be told or changed, whatever goes on beside it in the meantime.
 */
export async function keepApart(
  bot: TestBot,
  coalition: TestCoalition,
  of: {
    kept: KeptCalls;
    features: readonly Feature[];
    /** Store functions that have to be called here. */
    due: readonly string[];
    /** What else happens in the coalition while the twin stands beside it. */
    meanwhile(): Promise<void>;
  },
): Promise<{ problems: string[]; uncalled: string[]; twinId: string }> {
  const people = await listPeople(bot, coalition);
  const workspaces = await bot.database.workspace.findMany({ where: { coalitionId: coalition.id } });
  const refs = workspaces.map(({ ref }) => ref);
  const twin = await makeTwin(bot.databaseUrl, { id: coalition.id, workspaces: refs });
  expect(twin.rows).toBeGreaterThan(50);
  await bot.settle();
  await twin.listTouched();

  of.kept.keep(false);
  const pressed = await pressTwins(bot, twin, people, of.features);
  const problems = [...pressed.found];
  problems.push(...(await twin.listNamedBy(coalition.id)).filter((row) => !mayNameAnything(row)));
  of.kept.keep(true);
  await of.meanwhile();
  of.kept.keep(false);
  problems.push(...(await twin.listTouched()).map((what) => `what goes on changes the twin: ${what}`));

  const calls = [...of.kept.calls].flatMap(([name, some]) =>
    name in takesNoCoalition || name in trustsItsIds ? [] : some,
  );
  const at = { bot, twin, own: coalition.id };
  for (const call of calls) problems.push(...(await replay(call, at)));
  problems.push(...(await replayAsItWas([...of.kept.early.values()], at)));
  const walked = new Set(calls.map(({ name }) => name));
  await twin.end();

  const uncalled = of.due.filter((name) => !walked.has(name));
  console.log(
    [
      `${of.due.length - uncalled.length} of ${of.due.length} store functions that are due here`,
      `and ${walked.size - (of.due.length - uncalled.length)} others in ${calls.length} calls`,
      `and ${of.kept.early.size} as it was then`,
      `and ${pressed.acts} things done (${pressed.withIds} with ids) by ${people.map((each) => each.name).join(' and ')},`,
      `each with what belongs to another coalition of ${twin.rows} rows: ${problems.length} problems; not called: ${uncalled.join(', ') || 'none'}`,
    ].join(' '),
  );
  return { problems: [...new Set(problems)], uncalled, twinId: twin.id };
}

/** What somebody typed is kept as it was until it can be taken. */
const mayNameAnything = (row: string) => /^(Draft|PartnerSearch): /.test(row);

/** Somebody on staff and somebody who speaks for a partner who are still there when the play is over. */
async function listPeople(bot: TestBot, coalition: TestCoalition): Promise<Person[]> {
  const there = await bot.database.account.findMany({
    where: { coalitionId: coalition.id, workspaceId: coalition.workspaceId, member: { leftAt: null } },
    select: { name: true, member: { select: { standing: true } } },
    orderBy: { name: 'asc' },
  });
  const staff = there.find(({ member }) => member.standing === 'backbone');
  const voice = there.find(({ member }) => member.standing === 'representative');
  if (!staff || !voice) throw new Error('Nobody is left on staff, or nobody who speaks for a partner');
  return [staff, voice].map(({ name }) => coalition.person(name));
}
