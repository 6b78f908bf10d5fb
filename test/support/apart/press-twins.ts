import { cardText } from '../../../src/core/card-text.ts';
import type { Feature } from '../../../src/core/command.ts';
import type { Act } from '../../../src/core/incoming.ts';
import type { TestBot } from '../bot.ts';
import { fillLongest } from '../crawl.ts';
import type { Person, Reply } from '../person.ts';
import { everyAddress } from './every-address.ts';
import { type Twin, twinWorkspace } from './twin.ts';
import { listTwinIds, twinLetter, withTwinIds } from './twin-ids.ts';

/**
 * Does everything again that was done in a coalition, with the twin's ids in every address, pick and field; what names
 * no id is done as it was, because the twin's things have the same numbers. Buttons and forms that nobody came to are
 * tried with an id of every kind. Gives what was told or changed of the twin.
 */
export async function pressTwins(
  bot: TestBot,
  twin: Twin,
  people: readonly Person[],
  features: readonly Feature[],
): Promise<{ found: string[]; acts: number; withIds: number }> {
  const found: string[] = [];
  const before = new Set(bot.messengers.console.posted.map(({ ref, redraws }) => `${ref} ${redraws}`));
  let acts = 0;
  let withIds = 0;

  async function tries(name: string, meant: string): Promise<void> {
    for (const person of people) {
      acts += 1;
      const told = findTold(await person.does(JSON.parse(meant) as Act), meant);
      if (told) found.push(`${name} by ${person.name} tells ${told}`);
    }
  }

  const done = [...bot.shown.acts];
  for (const [name, these] of done) {
    for (const act of distinct(these)) {
      const written = JSON.stringify(act);
      const meant = withTwinIds(written);
      if (meant === written && act.act !== 'command') continue;
      if (meant !== written) withIds += 1;
      await tries(name, meant);
      found.push(...(await twin.listTouched()).map((what) => `${name} changes the twin: ${what}`));
    }
  }
  for (const [name, act] of await listUntried(twin, features, new Set(done.map(([each]) => each)))) {
    withIds += 1;
    await tries(name, JSON.stringify(act));
  }
  await bot.settle();
  found.push(...(await twin.listTouched()).map((what) => `what nobody came to changes the twin: ${what}`));
  for (const { ref, redraws, placeRef, workspaceRef, card } of bot.messengers.console.posted) {
    if (before.has(`${ref} ${redraws}`)) continue;
    const written = JSON.stringify(card);
    if (!workspaceRef.startsWith(twinWorkspace('')) && written.includes(twinLetter))
      found.push(`${placeRef} is told: ${cardText(card, { language: 'en', timeZone: 'UTC' })}`);
  }
  return { found, acts, withIds };
}

/** Buttons and forms of the features that nobody came to, with an id of every table of the twin. */
async function listUntried(
  twin: Twin,
  features: readonly Feature[],
  done: ReadonlySet<string>,
): Promise<[string, Act][]> {
  const rows = await twin.listIds();
  const ids = rows.map(({ id }) => id);
  const usual = rows.filter(({ table }) => ['Member', 'Partner'].includes(table)).map(({ id }) => id);
  const press = (id: string): Act => ({ act: 'press', id, picked: [] });
  return features.flatMap(({ buttons, forms }) =>
    [
      ...buttons.map((each) => ({ name: `button ${each.press.name}`, of: each.press, act: press })),
      ...forms.map((each) => ({
        name: `form ${each.press.name}`,
        of: each.press,
        act: (id: string): Act => ({ act: 'submit', id, values: fillLongest(each.fields, ['1']) }),
      })),
    ]
      .filter(({ name }) => !done.has(name))
      .flatMap(({ name, of, act }) =>
        everyAddress(of, ids, usual).map((address): [string, Act] => [name, act(address)]),
      ),
  );
}

/** What an answer says of the twin that was not in what was asked; nothing is written in the twin's letters there. */
function findTold(reply: Reply, asked: string): string | null {
  const told = JSON.stringify([reply.card, reply.form, reply.text, reply.problems]);
  if (told.includes(twinLetter)) {
    const at = told.indexOf(twinLetter);
    return told.slice(Math.max(0, at - 120), at + 60);
  }
  const known = listTwinIds(asked);
  const id = listTwinIds(told).find((each) => !known.includes(each));
  return id === undefined ? null : `the id ${id}: ${told.slice(0, 300)}`;
}

function distinct(acts: readonly Act[]): Act[] {
  return [...new Map(acts.map((act) => [JSON.stringify(act), act])).values()];
}
