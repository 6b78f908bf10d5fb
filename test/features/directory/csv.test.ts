import { afterAll, beforeAll, expect, test } from 'vitest';
import { PlatformError } from '../../../src/core/errors.ts';
import { importConfirmPress } from '../../../src/features/directory/csv/cards.ts';
import { openTestBot, type TestBot } from '../../support/bot.ts';
import { joins, setUp } from '../../support/joining.ts';
import type { Posted } from '../../support/messenger.ts';
import { buttonsOf, type Person, type Reply } from '../../support/person.ts';

let bot: TestBot;
let ana: Person;
beforeAll(async () => {
  bot = await openTestBot();
  ana = await setUp(bot);
});
afterAll(() => bot.end());

const names = async () => (await bot.database.partner.findMany()).map(({ name }) => name).sort();

function fileIn({ card }: Pick<Reply, 'card'>): string {
  const part = card?.parts.find((each) => each.part === 'file');
  if (part?.part !== 'file') throw new Error(`No file in: ${JSON.stringify(card)}`);
  return part.content;
}

test('a list is shown row by row before anything is written, and refused rows are left out', async () => {
  await joins(bot.as('Bo'), 'Hope House');
  const csv =
    'Name;Sector;Offers\r\nhope house;Shelter;"beds; meals"\r\n;Health;\r\nQuarry School;Schools;\r\n';
  const preview = await ana.says(`/partners import ${csv}`);
  expect(preview.text).toContain('1 partner is created, 1 is changed, 1 row is refused; 0 are the same');
  expect(preview.text).toContain('Row 3 (no name): is refused. It has no name.');
  expect(preview.text).toContain(
    'Row 2 hope house: Name from Hope House to hope house; Sector from empty to Shelter',
  );
  expect(preview.text).toContain('Row 4 Quarry School: is created');
  expect(await names()).toEqual(['Hope House']);

  expect((await ana.presses('Import 2 partners', preview)).text).toContain('The import is running');
  await ana.presses('Import 2 partners', preview);
  await bot.settle();
  expect(await names()).toEqual(['Quarry School', 'hope house']);
  expect(await bot.database.longWork.count()).toBe(1);
  const progress = ana.inbox().at(-1);
  expect(JSON.stringify(progress?.card)).toContain('1 partner created, 1 changed, 1 row refused');
  expect((await ana.says('/partners meals')).text).toContain('hope house');
  expect((await bot.as('Bo').says('/coalition me')).text).toContain('You are here for hope house');

  const again = await ana.says(`/partners import ${csv}`);
  expect(again.text).toContain('0 partners are created, 0 are changed, 1 row is refused; 2 are the same');
  expect(buttonsOf(again.card ?? { parts: [] })).toEqual([]);
});

test('what is not wanted is dropped, and its button is dead', async () => {
  const preview = await ana.says('/partners import Name\nNot Wanted');
  expect((await ana.presses('Don’t import', preview)).text).toContain('Nothing was imported');
  expect((await ana.presses('Import 1 partner', preview)).refused).toBe('directory.no-upload');
  expect(await names()).not.toContain('Not Wanted');
});

test('a file that can not be read says what is expected', async () => {
  const wrong = await ana.says('/partners import Hope House;Shelter');
  expect(wrong.refused).toBe('directory.unreadable');
  expect(wrong.text).toContain('no column called Name');
  expect(wrong.text).toContain('Name,What they do,Sector');
  expect((await ana.says('/partners import')).form?.fields[0]).toMatchObject({ name: 'file', kind: 'file' });
});

test('a file over the limit is refused with the excess, and nothing of it is stored', async () => {
  await ana.says('/partners import');
  const refusal = await ana.fills({ file: `Name\n${'x'.repeat(5_000_000)}` });
  expect(refusal.text).toContain('CSV file is 5 characters too long: 5,000,005 of at most 5,000,000');
  expect(refusal.text).toContain('except CSV file. That was too long to keep');
  expect((await ana.presses('Open it again')).form?.fields[0]?.value).toBe('');
  const [largest] = await bot.database.$queryRaw<{ most: number }[]>`
    select max(length("values"::text)) as "most" from "Draft"`;
  expect(largest?.most).toBeLessThan(1000);
  expect(await bot.database.partnerUpload.count({ where: { text: { contains: 'xxxxx' } } })).toBe(0);
});

test('formulas and mentions in cells are kept as text', async () => {
  const does = '=HYPERLINK("http://x") <!channel> @everyone';
  const preview = await ana.says(`/partners import Name,What they do\nTrick,"${does.replaceAll('"', '""')}"`);
  await ana.presses('Import 1 partner', preview);
  await bot.settle();
  expect((await ana.says('/partners show Trick')).text).toContain(does);
  const csv = fileIn(await ana.says('/partners export'));
  expect(csv).toContain(`"'=HYPERLINK`);
  const back = await ana.says(`/partners import ${csv}`);
  expect(back.text).toContain('0 partners are created, 0 are changed, 0 rows are refused');
});

test('another coalition’s staff can neither see nor start an import', async () => {
  const olga = await setUp(bot, { staff: 'Olga', name: 'Elsewhere', workspace: 'theirs' });
  const lines = Array.from({ length: 40 }, (_, n) => `Secret ${n}`);
  const preview = await ana.says(`/partners import Name\n${lines.join('\n')}`);
  for (const { id, label } of buttonsOf(preview.card ?? { parts: [] })) {
    const stolen = await olga.pressesId(id);
    expect(stolen.text, label).not.toContain('Secret');
  }
  expect((await ana.presses('Import 40 partners', preview)).refused).toBeNull();
  await bot.settle();
});

test('an import that is cancelled leaves nothing, and the button says so', async () => {
  const csv = Array.from({ length: 600 }, (_, n) => `Cancelled ${n}`);
  const preview = await ana.says(`/partners import Name\n${csv.join('\n')}`);
  // Somebody else is just adding one of the partners, so the import has to wait for them.
  const coalition = await bot.database.coalition.findFirstOrThrow({ where: { name: 'Ready by Five' } });
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const other = bot.database.$transaction(
    async (tx) => {
      const at = bot.clockHand.now();
      const of = { coalitionId: coalition.id, name: 'Cancelled 0', nameKey: 'cancelled 0' };
      await tx.partner.create({ data: { ...of, joinedAt: at, confirmedAt: at } });
      await ana.presses('Import 600 partners', preview);
      await held;
      throw new Error('changed their mind');
    },
    { timeout: 20_000 },
  );
  const settled = other.catch(() => 'rolled back');
  const work = await waitFor(() => bot.database.longWork.findFirst({ where: { state: 'running' } }));
  const shown = await waitFor(async () =>
    ana.inbox().find(({ card }) => buttonsOf(card).some(({ label }) => label === 'Cancel')),
  );
  await ana.presses('Cancel', shown);
  letGo();
  expect(await settled).toBe('rolled back');
  await bot.settle();
  const after = await bot.database.longWork.findUniqueOrThrow({ where: { id: work.id } });
  expect(after.state).toBe('cancelled');
  expect((await names()).filter((name) => name.startsWith('Cancelled'))).toEqual([]);
  expect(JSON.stringify(ana.inbox().at(-1)?.card)).toContain('Cancelled: nothing was changed');
});

test('five thousand partners come in at one go, come in again unchanged, and are found as fast', async () => {
  const row = (n: number) =>
    `Organisation ${n},"Does thing ${n}, and\nmore",Sector ${n % 40},1 to 10,Area ${n % 90},"offer ${n}; van","need ${n}; rooms",English,yes`;
  const header = 'Name,What they do,Sector,Size,Area,Offers,Needs,Languages,Spotlight';
  const csv = `\uFEFF${[header, ...Array.from({ length: 5000 }, (_, n) => row(n))].join('\r\n')}`;
  const preview = await ana.says(`/partners import ${csv}`);
  expect(preview.text).toContain('5,000 partners are created');
  expect((await ana.presses('Next', preview)).text).toContain('Page 2 of');
  await ana.presses('Import 5,000 partners', preview);
  await bot.settle();
  expect(await bot.database.partner.count({ where: { name: { startsWith: 'Organisation ' } } })).toBe(5000);
  const again = await ana.says(`/partners import ${csv}`);
  expect(again.text).toContain(
    '0 partners are created, 0 are changed, 0 rows are refused; 5,000 are the same',
  );
  const asked = await ana.says('/partners export');
  expect(asked.text).toContain('The export is running');
  await bot.settle();
  const out = fileIn(ana.inbox().at(-1) as Posted);
  expect(out.split('\r\n').length).toBeGreaterThan(5000);
  // The same file where the command was answered, for whoever gets no direct messages.
  expect(fileIn(await ana.presses('Show progress', asked))).toBe(out);
  expect((await bot.as('Bo').presses('Show progress', asked)).refused).toBe('long-work.not-yours');
  expect((await ana.says(`/partners import ${out}`)).text).toContain('0 partners are created, 0 are changed');
  const found = await ana.says('/partners offer 4321');
  expect(found.text).toContain('1 partner with offer 4321');
  await bot.database.$executeRaw`vacuum analyze "Partner"`;
  const plan = await bot.database.$queryRaw<{ 'QUERY PLAN': string }[]>`
    explain select * from "Partner" where "searchKeys" @> array['offer', '4321']`;
  expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('Partner_searchKeys_idx');
}, 120_000);

test('whoever gets no direct messages is told so, and sees the progress where they asked', async () => {
  bot.messengers.console.refuseNext(`@${ana.ref}`, new PlatformError('direct-messages-closed', 'console'));
  const first = await ana.says('/partners import Name\nLoud House');
  await ana.presses('Import 1 partner', first);
  await bot.settle();
  const before = ana.inbox().length;
  const preview = await ana.says('/partners import Name\nQuiet House');
  const started = await ana.presses('Import 1 partner', preview);
  expect(started.text).toContain('I can’t send you direct messages, so look here');
  await bot.settle();
  expect((await ana.presses('Show progress', started)).text).toContain('1 partner created');
  expect(ana.inbox()).toHaveLength(before);
  expect((await ana.says('/coalition me')).text).toContain('I try again with the next one');

  // What came of it holds what people wrote, so it is kept for a week and no longer.
  bot.clockHand.forward(6 * 86_400_000);
  await bot.sweep();
  expect((await ana.presses('Show progress', started)).text).toContain('1 partner created');
  bot.clockHand.forward(2 * 86_400_000);
  await bot.sweep();
  expect((await ana.presses('Show progress', started)).refused).toBe('long-work.gone');
  expect(await bot.database.longWork.count()).toBe(0);
});

test('only staff import, whatever button they hold', async () => {
  const preview = await ana.says('/partners import Name\nOne More');
  const id = buttonsOf(preview.card ?? { parts: [] })[0]?.id ?? '';
  expect(importConfirmPress.decode(id)).not.toBeNull();
  expect((await bot.as('Bo').pressesId(id)).refused).toBe('core.backbone');
});

async function waitFor<T>(look: () => Promise<T | null | undefined>): Promise<T> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > until) throw new Error('It never came');
    await bot.sweep();
  }
}
