import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import { buttonsOf, type Person } from '../../support/person.ts';

let bot: TestBot;
let ana: Person;
let bo: Person;
let olga: Person;
beforeAll(async () => {
  bot = await openTestBot();
  ana = await setUp(bot);
  bo = bot.as('Bo');
  olga = await setUp(bot, { staff: 'Olga', name: 'Elsewhere', workspace: 'theirs' });
  await joins(bo, 'Northside Food Bank');
  await joins(bot.as('Cy'), 'Northside Food Bank', 'member');
  await joins(bot.as('Di'), 'Hope House');
});
afterAll(() => bot.end());

test('a representative fills their card in with two short forms, and others find it', async () => {
  expect((await bo.says('/partners edit')).text).toContain('Northside Food Bank');
  const form = await bo.presses('What you do');
  expect(form.form?.fields.map(({ name, value }) => [name, value])).toEqual([
    ['name', 'Northside Food Bank'],
    ['does', ''],
    ['sector', ''],
    ['size', ''],
    ['area', ''],
  ]);
  const saved = await bo.fills({
    does: 'Feeds 400 families a week.',
    sector: 'Food',
    size: '11-50',
    area: 'North End',
  });
  expect(saved.text).toContain('Saved.');
  await bo.presses('Offers and needs', saved);
  await bo.fills({ offers: 'Van, cold storage, van', needs: 'Interpreters', languages: 'English; Tagalog' });

  const card = await bot.as('Di').says('/partners show northside food bank');
  expect(card.text).toContain('Feeds 400 families a week.');
  expect(card.text).toContain('Size: 11 to 50 people');
  expect(card.text).toContain('Offers: Van, cold storage');
  expect(card.text).toContain('Languages: English, Tagalog');
  expect(card.text).toContain('Bo: Representative');
  expect(card.text).toContain('Confirmed less than a month ago');
  for (const search of ['northside', 'FOOD', 'cold stor', 'interpreters', 'tagalog', 'end north']) {
    const found = await bot.as('Di').says(`/partners ${search}`);
    expect(found.text, search).toContain('Northside Food Bank');
    expect(found.text, search).not.toContain('Hope House');
  }
  expect((await bot.as('Di').says('/partners list search:"???"')).text).toContain(
    'No partner’s card has ???',
  );
  expect((await bot.as('Di').says('/partners')).text).toContain('2 partners, by name');
});

test('only its voices and staff change a card', async () => {
  const cy = bot.as('Cy');
  expect((await cy.says('/partners edit')).refused).toBe('directory.not-yours');
  expect((await bot.as('Di').says('/partners edit Northside Food Bank')).refused).toBe('directory.not-yours');
  const own = await bo.says('/partners edit');
  for (const button of buttonsOf(own.card ?? { parts: [] })) {
    expect((await cy.pressesId(button.id)).refused, button.label).toBe('directory.not-yours');
  }
  const { form } = await bo.presses('What you do', own);
  if (!form) throw new Error('no form');
  expect((await cy.fills({ name: 'Mine now' }, form)).refused).toBe('directory.not-yours');
  expect((await ana.says('/partners edit Northside Food Bank')).refused).toBeNull();
  expect((await ana.says('/partners edit')).refused).toBe('directory.whose');
});

test('nothing of one coalition can be reached with another coalition’s buttons and forms', async () => {
  const list = await ana.says('/partners');
  const show = await ana.says('/partners show Northside Food Bank');
  const edit = await ana.says('/partners edit Northside Food Bank');
  const end = await ana.presses('No longer a partner', edit);
  const ids = [show, edit, end].flatMap((reply) =>
    buttonsOf(reply.card ?? { parts: [] }).map(({ id }) => id),
  );
  expect(ids.length).toBeGreaterThan(6);
  for (const id of ids) expect((await olga.pressesId(id)).refused, id).toBe('directory.no-partner');
  const select = list.card?.parts.find((part) => part.part === 'select')?.select;
  for (const { value } of select?.choices ?? [])
    expect((await olga.pressesId(select?.id ?? '', [value])).refused).toBe('directory.no-partner');
  expect((await olga.pressesId(select?.id ?? '', ['no id at all'])).refused).toBe('directory.no-partner');
  for (const label of ['What you do', 'Offers and needs']) {
    const { form } = await ana.presses(label, edit);
    if (!form) throw new Error('no form');
    const filled = await olga.fills(label === 'What you do' ? { name: 'Taken' } : { spotlight: 'no' }, form);
    expect(filled.refused).toBe('directory.no-partner');
  }
  const { form } = await ana.presses('Who speaks for it', show);
  if (!form) throw new Error('no form');
  expect((await olga.fills({ person: 'Olga', standing: 'representative' }, form)).refused).toBe(
    'directory.no-partner',
  );
  expect((await olga.says('/partners show Northside Food Bank')).text).toContain('I find no partner called');
  expect((await olga.says('/partners')).text).toContain('There are no partners yet');
  const untouched = await bot.database.partner.findFirstOrThrow({ where: { name: 'Northside Food Bank' } });
  expect(untouched).toMatchObject({ spotlightConsent: true, leftAt: null });
});

test('a search is a search, and a slip of the finger is told', async () => {
  expect((await bo.says('/partners sport')).text).toContain('No partner’s card has sport');
  expect((await bo.says('/partners shwo')).text).toContain('No partner’s card has shwo');
  expect((await bo.says('/partners sho Hope House')).text).toContain('Did you mean /partners show?');
});

test('a mistyped partner is answered with the one that was meant', async () => {
  expect((await bo.says('/partners show Hope Hous')).text).toContain('Did you mean Hope House?');
  const sender = {
    platform: 'console',
    workspace: { ref: 'console-workspace', name: '' },
    account: { ref: bo.ref, name: '' },
    place: null,
  } as const;
  const at = { command: 'partners show', option: 'partner', typed: 'hou' };
  expect(await bot.dispatch.suggest(sender, at)).toEqual([{ value: 'Hope House', label: 'Hope House' }]);
  const theirs = { ...sender, workspace: { ref: 'theirs', name: '' }, account: { ref: olga.ref, name: '' } };
  expect(await bot.dispatch.suggest(theirs, at)).toEqual([]);
});

test('staff add a partner once, and hear of one that looks the same', async () => {
  expect((await bo.says('/partners add')).refused).toBe('core.backbone');
  await ana.says('/partners add');
  const added = await ana.fills({ name: 'Hope Houses', sector: 'Shelter' });
  expect(added.text).toContain('There is also Hope House');
  await ana.says('/partners add');
  const twice = await ana.fills({ name: 'hope houses' });
  expect(twice.text).toContain('Hope Houses is a partner already');
  expect((await ana.presses('Open it again')).form?.fields[0]?.value).toBe('hope houses');
});

test('a partner can not take another one’s name', async () => {
  await bo.says('/partners edit');
  await bo.presses('What you do');
  const taken = await bo.fills({ name: 'HOPE HOUSE' });
  expect(taken.text).toContain('There is a partner called HOPE HOUSE already');
  const again = await bo.presses('Open it again');
  expect(again.form?.fields[0]?.value).toBe('HOPE HOUSE');
});

test('the representative says who speaks for the partner', async () => {
  const card = await bo.says('/partners show Northside Food Bank');
  await bo.presses('Who speaks for it', card);
  const stays = await bo.fills({ person: 'Bo', standing: 'member' });
  expect(stays.text).toContain('Make somebody else representative first');
  await bo.presses('Who speaks for it', card);
  expect((await bo.fills({ person: 'Di', standing: 'alternate' })).text).toContain('does not belong to');
  await bo.presses('Who speaks for it', card);
  const moved = await bo.fills({ person: 'Cy', standing: 'representative' });
  expect(moved.text).toContain('Cy: Representative');
  expect(moved.text).toContain('Bo: Alternate');
  const late = await bo.presses('Who speaks for it', card);
  expect(late.refused).toBe('directory.not-yours');
});

test('staff can end a partnership and take it up again', async () => {
  const edit = await ana.says('/partners edit Hope Houses');
  await ana.presses('No longer a partner', edit);
  const ended = await ana.presses('No longer a partner');
  expect(ended.text).toContain('No longer a partner. What it did here stays under its name.');
  expect((await ana.says('/partners houses')).text).toContain('No partner’s card has houses');
  const again = await ana.presses('A partner again', ended);
  expect(again.text).not.toContain('No longer a partner');
  expect((await ana.says('/partners houses')).text).toContain('Hope Houses');
});

test('a long list is turned page by page, there and back, with its search', async () => {
  const coalition = await bot.database.coalition.findFirstOrThrow({ where: { name: 'Elsewhere' } });
  const csv = [
    'Name,Sector',
    ...Array.from({ length: 34 }, (_, n) => `Club ${String(n + 1).padStart(2, '0')},Sport`),
  ];
  const preview = await olga.says(`/partners import ${csv.join('\n')}`);
  await olga.presses('Import 34 partners', preview);
  await bot.settle();
  expect(await bot.database.partner.count({ where: { coalitionId: coalition.id } })).toBe(34);

  const seen: string[] = [];
  let page = await olga.says('/partners sport');
  for (let turns = 0; turns < 4; turns += 1) {
    seen.push(...[...page.text.matchAll(/• (Club \d\d)/g)].map(([, name]) => name ?? ''));
    if (turns < 3) page = await olga.presses('Next', page);
  }
  expect(seen).toEqual(csv.slice(1).map((line) => line.split(',')[0]));
  expect(buttonsOf(page.card ?? { parts: [] }).map(({ label }) => label)).toEqual(['Previous']);
  const back = await olga.presses('Previous', page);
  expect(back.text).toContain('Club 21');
  expect(back.text).toContain('34 partners with sport');
  // The search is the other coalition's: its words must not be found through a button either.
  const stolen = buttonsOf(back.card ?? { parts: [] })[0]?.id ?? '';
  expect((await ana.pressesId(stolen)).refused).toBe('directory.no-search');
});

test('whoever has not joined is told how to', async () => {
  const guest = bot.as('Guest');
  for (const command of ['/partners', '/partners show Hope House', '/partners edit', '/coalition leave'])
    expect((await guest.says(command)).refused, command).toBe('core.join');
  for (const command of [
    '/partners add',
    '/partners import x',
    '/partners export',
    '/coalition settings',
    '/coalition tasks',
  ])
    expect((await bo.says(command)).refused, command).toBe('core.backbone');
});

test('new partners are told of in the digest, and a crowd of them is counted', async () => {
  const section = bot.tools.features().flatMap(({ adds }) => adds.digest ?? [])[0];
  if (!section) throw new Error('no section');
  const rows = await bot.database.coalition.findMany({ orderBy: { name: 'asc' } });
  const collect = async (name: string, since: string, until: string) => {
    const coalition = rows.find((row) => row.name === name) as never;
    const reader = { language: 'en', timeZone: 'UTC' };
    const scope = { coalition, since: new Date(since), until: new Date(until), occurrence: 'x', reader };
    return (await section.collect({ ...scope, tools: bot.tools })).map(({ label }) => label);
  };
  const labels = await collect('Ready by Five', '2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z');
  expect(labels.sort()).toEqual(['Hope House', 'Hope Houses', 'Northside Food Bank']);
  expect(await collect('Ready by Five', '2026-02-01T00:00:00Z', '2026-03-02T15:00:00Z')).toEqual([]);
  const many = await collect('Elsewhere', '2026-03-01T00:00:00Z', '2026-03-03T00:00:00Z');
  expect(many).toHaveLength(9);
  expect(many.at(-1)).toBe('26 more new partners');
});
