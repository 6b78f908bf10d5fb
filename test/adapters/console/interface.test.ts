import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../../adapters/console/web/wire.ts';
import { card, paragraph } from '../../../src/core/card.ts';
import type { CoalitionId, MemberId } from '../../../src/core/ids.ts';
import { openTestConsole, type TestConsole } from '../../support/console.ts';
import { formIn, messageIn, scriptAs } from '../../support/console-script.ts';

let console: TestConsole;
let mara: ReturnType<typeof scriptAs>;
let priya: ReturnType<typeof scriptAs>;
beforeAll(async () => {
  console = await openTestConsole();
  mara = scriptAs(console, 'mara-quill');
  priya = scriptAs(console, 'priya-raman');
});
afterAll(() => console.end());

/** Reads again and again until what is awaited is there: messages of the bot arrive by themselves. */
async function awaits(
  who: typeof mara,
  query: string,
  wanted: (message: Message) => boolean,
): Promise<Message> {
  const until = Date.now() + 10_000;
  for (;;) {
    const found = (await who.reads(query)).messages.find(wanted);
    if (found) return found;
    if (Date.now() > until) throw new Error('It never arrived');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a private answer is read by whoever asked, and by nobody else', async () => {
  const answer = messageIn(await mara.says('/sample everything'));
  expect(answer.private).toBe(true);
  expect(answer.about).toEqual({ name: 'Mara Quill', you: true, text: '/sample everything' });
  expect((await mara.reads()).messages.map(({ ref }) => ref)).toContain(answer.ref);
  expect((await priya.reads()).messages.map(({ ref }) => ref)).not.toContain(answer.ref);
  const stolen = await priya.post('/api/press', { as: 'priya-raman', on: answer.ref, id: 'sample.loud' });
  expect(stolen.status).toBe(404);
});

test('an answer in the channel is read by everybody, with who asked', async () => {
  const line = '/sample announce title:Spring fair count:3 who:@priya-raman where:#introductions';
  const answer = messageIn(await mara.says(line));
  expect(answer.private).toBe(false);
  const seen = (await priya.reads()).messages.find(({ ref }) => ref === answer.ref);
  expect(seen?.text).toContain('Spring fair, 3 times');
  expect(seen?.about).toEqual({ name: 'Mara Quill', you: false, text: line });
  const mentions = seen?.blocks.flatMap((block) => (block.block === 'text' ? block.spans : []));
  expect(mentions).toContainEqual({ span: 'mention', name: 'Priya Raman', you: true });
});

test('the same key is the same thing done once, with the same answer', async () => {
  const first = messageIn(await mara.says('/sample announce title:Once', { key: 'k-1' }));
  const again = await mara.says('/sample announce title:Once', { key: 'k-1' });
  expect(again).toMatchObject({ result: 'duplicate', message: { ref: first.ref } });
  const other = await priya.says('/sample announce title:Once', { key: 'k-1' });
  expect(other.result, 'another person’s key is another key').toBe('message');
});

test('buttons answer aside, privately, loudly, with a form, or make their message go', async () => {
  const card = messageIn(await mara.says('/sample everything'));
  expect(messageIn(await mara.presses('Ask aside', card))).toMatchObject({ private: true });
  expect(messageIn(await mara.presses('Answer privately', card)).text).toBe('Only you read this.');
  expect(messageIn(await mara.presses('Answer loudly', card))).toMatchObject({ private: false });
  expect(formIn(await mara.presses('Open the form', card))).toMatchObject({ on: card.ref, in: 'general' });

  const { next } = await mara.reads();
  expect(await mara.presses('Close', card)).toEqual({ result: 'done' });
  expect((await mara.reads()).messages.map(({ ref }) => ref)).not.toContain(card.ref);
  const since = await mara.reads(`since=${next}`);
  expect(since.messages).toMatchObject([{ ref: card.ref, gone: true, blocks: [] }]);
});

test('a pick updates the very message it was made on', async () => {
  const card = messageIn(await mara.says('/sample everything'));
  const picked = messageIn(await mara.picks('green', card));
  expect(picked.ref).toBe(card.ref);
  expect(picked.position).toBe(card.position);
  expect(picked.change).toBeGreaterThan(card.change);
  expect(picked.text).toBe('Picked green');
});

test('a form comes back with what is wrong beside each field, then is taken', async () => {
  const form = formIn(await mara.says('/sample form'));
  const wrong = await mara.fills(form, { count: '99', colour: 'mauve' });
  expect(wrong).toMatchObject({
    result: 'problems',
    problems: { count: 'Give a whole number from 1 to 10.', colour: expect.stringContaining('mauve') },
  });
  const kept = messageIn(await mara.fills(form, { count: '2', colour: 'red' }));
  expect(kept.text).toBe('Kept “Spring fair” with 2 things');
  expect(kept.about?.text).toBe('sent “Simple things”');
});

test('a line with something wrong opens its options, with what was typed and what is wrong', async () => {
  const form = formIn(await mara.says('/sample announce count:many who:@priya-raman'));
  const field = (name: string) => form.fields.find((each) => each.name === name);
  expect(field('count')).toMatchObject({ value: 'many', problem: 'Give a whole number from 1 to 99.' });
  expect(field('title')).toMatchObject({ value: '', problem: null });
  expect(field('who')).toMatchObject({ value: 'priya-raman' });
  const sent = messageIn(await mara.fills(form, { count: '2', title: 'Mended' }));
  expect(sent.text).toContain('Mended, 2 times');
});

test('a pasted file, a person and a channel go into a form', async () => {
  const form = formIn(await mara.says('/sample gather'));
  const choices = (name: string) => form.fields.find((each) => each.name === name)?.choices ?? [];
  expect(choices('who')).toContainEqual({
    value: 'priya-raman',
    label: 'Priya Raman · North Star Child Care',
  });
  expect(choices('where')).toContainEqual({ value: 'general', label: '#general' });
  const values = { table: 'name\r\nAna\r\nBen', who: 'priya-raman', where: 'general', words: 'a, b' };
  expect(messageIn(await mara.fills(form, values)).text).toBe('Read 3 lines; words: a + b');
});

test('a file on a message is fetched by whoever may read it, and never as a page', async () => {
  const card = messageIn(await mara.says('/sample everything'));
  const file = card.blocks.find((block) => block.block === 'file');
  const fetched = await mara.get(file?.href ?? '');
  expect(await fetched.text()).toBe('name\r\nAna\r\n');
  expect(fetched.headers.get('content-disposition')).toContain('attachment');
  expect(fetched.headers.get('content-security-policy')).toContain('sandbox');
  const theirs = (file?.href ?? '').replace('mara-quill', 'priya-raman');
  expect((await priya.get(theirs)).status).toBe(404);
});

test('a live card is redrawn where it stands when somebody presses it', async () => {
  await mara.says('/sample live where:announcements');
  const isLive = ({ text }: Message) => text.startsWith('Pressed');
  const card = await awaits(priya, 'in=announcements', isLive);
  expect(await priya.presses('Count', card)).toEqual({ result: 'done' });
  const redrawn = await awaits(mara, `in=announcements&since=${card.change}`, isLive);
  expect(redrawn).toMatchObject({ ref: card.ref, position: card.position });
  expect(redrawn.text).toContain('Pressed 2 times');
});

test('a direct message reaches its one person', async () => {
  await mara.says('/sample tell who:@priya-raman');
  await awaits(priya, 'in=@priya-raman', ({ text }) => text === 'A word for you');
  const others = await mara.get('/api/messages?as=mara-quill&in=@priya-raman');
  expect(others.status).toBe(404);
  expect(((await others.json()) as { error: { message: string } }).error.message).toContain(
    'GET /api/places',
  );
});

test('a refusal says its code, and a bug shows a reference and nothing else', async () => {
  expect(await mara.says('/sample refused')).toMatchObject({ result: 'refused', code: 'sample.not-today' });
  expect(await priya.says('/sample staff')).toMatchObject({ result: 'refused', code: 'core.backbone' });
  const broken = await mara.says('/sample broken');
  expect(broken).toMatchObject({ result: 'refused', code: 'core.broken' });
  expect(JSON.stringify(broken)).not.toContain('always breaks');
});

test('a program that asks wrongly is told what to do next', async () => {
  const told = async (response: Response) => {
    const { error } = (await response.json()) as { error: { code: string; message: string } };
    return [response.status, error.code, error.message] as const;
  };
  expect(await told(await mara.post('/api/say', { as: 'nobody', in: 'general', text: '/x' }))).toEqual([
    404,
    'console.nobody',
    expect.stringContaining('GET /api/people'),
  ]);
  expect(await told(await mara.post('/api/say', { as: 'mara-quill', in: 'general', text: 'hello' }))).toEqual(
    [400, 'console.no-command', expect.stringContaining('/coalition help')],
  );
  expect(await told(await mara.post('/api/say', { as: 'mara-quill', text: '/x' }))).toEqual([
    400,
    'console.input',
    expect.stringContaining('in:'),
  ]);
  expect(await told(await mara.get('/api/messages?as=mara-quill&in=general&limit=many'))).toEqual([
    400,
    'console.input',
    expect.stringContaining('limit'),
  ]);
  expect((await told(await mara.get('/api/nothing')))[0]).toBe(404);
});

test('everything typed is shown as typed', async () => {
  const hostile = '<img src=x onerror=alert(1)> <!channel> @everyone \u202Eabc';
  const answer = messageIn(await mara.says(`/sample announce title:${hostile}`));
  const spans = answer.blocks.flatMap((block) => (block.block === 'text' ? block.spans : []));
  expect(spans.map((span) => (span.span === 'text' ? span.text : '')).join('')).toContain(hostile);
});

test('somebody new comes in, has not joined, and keeps a name of their own', async () => {
  const added = await mara.post('/api/people', { name: 'Zoë Day', timeZone: 'Europe/Paris' });
  const second = await mara.post('/api/people', { name: 'Zoë Day' });
  expect(await added.json()).toMatchObject({ person: { ref: 'zoe-day', name: 'Zoë Day', standing: null } });
  expect(await second.json()).toMatchObject({ person: { ref: 'zoe-day-2' } });
  expect(await scriptAs(console, 'zoe-day').says('/sample tell who:@mara-quill')).toMatchObject({
    result: 'refused',
    code: 'core.join',
  });
  expect((await mara.post('/api/people', { name: 'Lost', timeZone: 'CEST' })).status).toBe(400);
});

test('a conversation of several is a place for those in it, and is nowhere for anybody else', async () => {
  const { tools, database } = console.bot;
  const accounts = await database.account.findMany({ where: { ref: { in: ['mara-quill', 'priya-raman'] } } });
  const [first] = accounts;
  if (!first) throw new Error('The demo has no such people');
  await tools.write((writing) =>
    tools.delivery.post(writing, {
      coalitionId: first.coalitionId as CoalitionId,
      to: { together: accounts.map(({ memberId }) => memberId as MemberId) },
      key: 'introduced',
      card: card(paragraph(['Meet each other'])),
    }),
  );
  const said = (message: Message) => message.text === 'Meet each other';
  const here = await awaits(mara, 'since=0', said);
  expect(here.place).toBe('&mara-quill+priya-raman');
  const placesOf = async (as: string) =>
    ((await (await mara.get(`/api/places?as=${as}`)).json()) as { places: object[] }).places;
  const own = { ref: here.place, name: 'Priya Raman', kind: 'group' };
  expect(await placesOf('mara-quill')).toContainEqual(own);
  expect(await placesOf('priya-raman')).toContainEqual({ ...own, name: 'Mara Quill' });
  const query = `in=${encodeURIComponent(here.place)}`;
  expect((await priya.reads(query)).messages.map(({ ref }) => ref)).toEqual([here.ref]);

  const { people } = (await (await mara.get('/api/people')).json()) as { people: { ref: string }[] };
  const others = people.map(({ ref }) => ref).filter((ref) => !here.place.includes(ref));
  expect(others.length).toBeGreaterThan(0);
  for (const other of others) {
    expect(await placesOf(other)).not.toContainEqual(expect.objectContaining({ kind: 'group' }));
    expect((await mara.get(`/api/messages?as=${other}&${query}`)).status).toBe(404);
    expect((await scriptAs(console, other).reads('since=0')).messages.filter(said)).toEqual([]);
  }
});
