import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordBot, openDiscordBot } from '../../support/discord/bot.ts';

const [thinking, form] = [5, 9];

describe.each([{ directly: true }, { directly: false }])('answering, directly: $directly', ({ directly }) => {
  const answered = directly ? 4 : thinking;
  let bot: DiscordBot;
  beforeAll(async () => {
    bot = await openDiscordBot({ directly });
    await bot.setUp('Ana');
  });
  afterAll(() => bot.end());
  afterEach(() => expect(bot.peer.violations.splice(0)).toEqual([]));

  test('a private answer is seen by the person alone', async () => {
    const reply = await bot.as('Ana').runs('/sample everything');
    expect(reply.acknowledged).toBe(thinking);
    expect(reply.message?.ephemeral).toBe(true);
    expect(reply.text).toContain('Every part');
    expect(reply.message?.files.map(({ name }) => name)).toEqual(['names.csv']);
  });

  test('an answer in the channel is seen by everybody, with every kind of option read', async () => {
    const ana = bot.as('Ana');
    const where = bot.guild.channels.digest ?? '';
    const options = {
      title: 'Spring fair',
      count: 3,
      colour: 'red',
      loud: true,
      words: 'a, b',
      who: ana.id,
      where,
    };
    const reply = await ana.runs('/sample announce', options);
    expect(reply.acknowledged).toBe(answered);
    expect(reply.message?.ephemeral).toBe(false);
    expect(reply.text).toContain('Spring fair, 3 times');
    expect(reply.text).toContain('Colour: red. Loud: true. Words: a+b.');
    expect(reply.text).toContain(`<@${ana.id}>`);
    expect(reply.text).toContain(`<#${where}>`);
    expect(reply.message?.body.allowed_mentions).toEqual({ parse: [], users: [ana.id] });
  });

  test('suggestions come while an option is typed', async () => {
    const reply = await bot.as('Ana').types('/sample announce', 'title', 's');
    expect(reply.choices.map(({ name }) => name)).toEqual(['Spring fair', 'Summer school', 'Winter supper']);
    expect((await bot.as('Ana').types('/sample announce', 'title', 'zzz')).choices).toEqual([]);
  });

  test('what cannot be taken is told to the person alone, and opens again as it was typed', async () => {
    const ana = bot.as('Ana');
    const where = bot.guild.channels.digest ?? '';
    const typed = {
      title: 'Fair',
      count: 3,
      colour: 'red',
      loud: true,
      words: 'a, b, c, d',
      who: ana.id,
      where,
    };
    const wrong = await ana.runs('/sample announce', typed);
    expect(wrong.message?.ephemeral).toBe(true);
    expect(wrong.text).toContain('at most 3 fit here');
    const again = await ana.presses('Open it again', wrong);
    expect(again.acknowledged).toBe(form);
    const fields = again.modal?.components.flatMap(({ component }) => component ?? []);
    expect(fields).toHaveLength(5);
    expect(fields?.find(({ custom_id }) => custom_id === 'words')?.value).toBe('a, b, c, d');
    // Two of the seven options found no room in the form, and are there all the same.
    const taken = await ana.fills({ words: 'a, b' }, again);
    expect(taken.text).toContain('Fair, 3 times');
    expect(taken.text).toContain('Colour: red. Loud: true. Words: a+b.');
    expect(taken.text).toContain(`<@${ana.id}>`);
    expect(taken.text).toContain(`<#${where}>`);
  });

  test('what only the database finds wrong is not shown in the channel either', async () => {
    const ben = bot.as('Ben');
    const wrong = await bot.as('Ana').runs('/sample announce', { title: 'Fair', who: ben.id });
    expect(wrong.acknowledged).toBe(answered);
    expect((directly ? wrong.message : wrong.follows[0])?.ephemeral).toBe(true);
    if (!directly) expect(wrong.message).toBeNull();
    expect(wrong.text).toContain('Pick somebody from the list');
  });

  test('a form is the first response, and what is in it arrives', async () => {
    const ana = bot.as('Ana');
    const opened = await ana.runs('/sample form');
    expect(opened.acknowledged).toBe(form);
    expect(opened.modal?.title).toBe('Simple things');
    const kept = await ana.fills({ count: '4', colour: 'blue', loud: 'yes' }, opened);
    expect(kept.acknowledged).toBe(answered);
    expect(kept.message?.ephemeral).toBe(true);
    expect(kept.text).toContain('Kept “Spring fair” with 4 things');
  });

  test('a wrong form is offered again with everything in it', async () => {
    const ana = bot.as('Ana');
    const opened = await ana.runs('/sample form');
    const wrong = await ana.fills({ 'title-line': 'Our fair', count: '400', colour: 'red' }, opened);
    expect(wrong.text).toContain('whole number from 1 to 10');
    const again = await ana.presses('Open it again', wrong);
    const kept = await ana.fills({ count: '10' }, again);
    expect(kept.text).toContain('Kept “Our fair” with 10 things');
  });

  test('a file, a person and a channel can be given in a form', async () => {
    const ana = bot.as('Ana');
    const opened = await ana.runs('/sample gather');
    const where = bot.guild.channels.general ?? '';
    const values = { table: { file: 'name\nAna\nBen\n' }, who: ana.id, where, words: 'a, b' };
    const kept = await ana.fills(values, opened);
    expect(kept.message?.ephemeral).toBe(false);
    expect(kept.text).toContain('Read 3 lines; words: a');
  });

  test('a file that is too big is refused with what to do', async () => {
    const ana = bot.as('Ana');
    const opened = await ana.runs('/sample gather');
    const big = await ana.fills({ table: { file: 'x'.repeat(200_001), name: 'big.csv' } }, opened);
    expect(big.text).toContain('big.csv is too big');
    expect((directly ? big.message : big.follows[0])?.ephemeral).toBe(true);
  });

  test('a press answers privately, in the channel, aside, with a form, or not at all', async () => {
    const ana = bot.as('Ana');
    const card = await ana.runs('/sample everything');
    const privately = await ana.presses('Answer privately', card);
    expect([privately.acknowledged, privately.message?.ephemeral]).toEqual([answered, true]);
    const loudly = await ana.presses('Answer loudly', card);
    expect([loudly.acknowledged, loudly.message?.ephemeral]).toEqual([answered, false]);
    const aside = await ana.presses('Ask aside', card);
    expect(aside.acknowledged).toBe(directly ? answered : 6);
    expect((directly ? aside.message : aside.follows[0])?.ephemeral).toBe(true);
    expect(aside.text).toBe('This is between us.');
    expect(card.message?.edits).toBe(0);
    expect((await ana.presses('Open the form', card)).acknowledged).toBe(form);
    const picked = await ana.picks('green', card);
    expect(picked.acknowledged).toBe(directly ? 7 : 6);
    expect(picked.message?.id).toBe(card.message?.id);
    expect(picked.text).toBe('Picked green');
  });

  test('a message keeps the mark by which it is found again when a press changes it', async () => {
    const ana = bot.as('Ana');
    const shown = await ana.runs('/sample everything');
    const [first] = shown.message?.body.components ?? [];
    if (!first) throw new Error('Nothing was shown');
    const mark = 40_000;
    first.id = mark;
    const picked = await ana.picks('green', shown);
    expect(picked.text).toBe('Picked green');
    expect(picked.message?.body.components?.[0]?.id).toBe(mark);
  });

  test('a private message goes when it is closed', async () => {
    const ana = bot.as('Ana');
    const card = await ana.runs('/sample everything');
    await ana.presses('Close', card);
    expect(card.message?.gone).toBe(true);
  });

  test('a refusal, a bug and a missing right are told privately', async () => {
    const ana = bot.as('Ana');
    expect((await ana.runs('/sample refused')).text).toContain('Not today');
    expect((await ana.runs('/sample broken')).text).toMatch(/reference [\da-f]{8}/);
    expect((await bot.as('Ben').runs('/sample staff')).text).toContain('/coalition join');
    expect((await ana.runs('/sample staff')).text).toBe('Done, because you are staff.');
  });

  test('the same interaction delivered twice is answered once', async () => {
    const ana = bot.as('Ana');
    const before = bot.peer.messagesIn(bot.guild.channels.general ?? '').length;
    await ana.runs('/sample announce', { title: 'Once' });
    await ana.again();
    expect(bot.peer.messagesIn(bot.guild.channels.general ?? '').length).toBe(before + 1);
  });

  test('a card that counts is redrawn where it stands', async () => {
    const ana = bot.as('Ana');
    const where = bot.guild.channels.digest ?? '';
    await ana.runs('/sample live', { where });
    await bot.settle();
    const [live] = bot.peer.messagesIn(where);
    if (!live) throw new Error('The card was not posted');
    const pressed = await ana.presses('Count', live);
    expect(pressed.acknowledged).toBe(6);
    expect(live.gone).toBe(false);
    await bot.settle();
    expect(JSON.stringify(live.body)).toContain('Pressed 2 times');
  });

  test('an answer that was taken and failed on the way back is told once', async () => {
    const before = bot.peer.messagesIn(bot.guild.channels.general ?? '').length;
    bot.peer.faults.next('POST', '/callback', { fault: 'done-without-answer', status: 502 });
    const reply = await bot.as('Ana').runs('/sample announce', { title: 'Told' });
    expect(reply.text).toContain('Told');
    expect(bot.peer.messagesIn(bot.guild.channels.general ?? '').length).toBe(before + 1);
  });

  test('a passing failure of Discord is tried again', async () => {
    bot.peer.faults.next('POST', '/callback', { fault: 'status', status: 503 }, 2);
    expect((await bot.as('Ana').runs('/sample announce', { title: 'Again' })).text).toContain('Again');
  });
});
