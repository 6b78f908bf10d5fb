import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Seen } from '../../adapters/contract.ts';
import { openBenAndCleo } from '../../support/both/joined.ts';
import type { Both } from '../../support/both/under-test.ts';
import { readable } from '../../support/discord/person.ts';
import type { PeerMessage } from '../../support/discord/world.ts';
import { until } from '../../support/until.ts';

/** Staff keep in touch with people in two places: due, log, pulse and what is not right. */
let both: Both;
const dayMs = 86_400_000;
const codeIn = (text: string) => /[0-9a-z]{4}(?:-[0-9a-z]{4}){3}/.exec(text)?.[0] ?? '';

beforeAll(async () => {
  both = await openBenAndCleo();
});
afterAll(() => both.end());

const says = (name: string, typed: string) => both.next(name, () => both.onSlack(name).says(typed));

/** What somebody on Slack has on their screen, once it is there. */
async function seesOnSlack(name: string, label: string): Promise<Seen> {
  const seen = () =>
    both
      .onSlack(name)
      .screen()
      .findLast(({ buttons }) => buttons.includes(label));
  await until(`${name} sees “${label}”`, async () => {
    await both.bot.sweep();
    return seen() !== undefined;
  });
  return seen() as Seen;
}
/** The latest direct message on Discord with these words, once it is there. */
async function arrivesOnDiscord(name: string, words: string): Promise<PeerMessage> {
  const { world } = both.discord;
  const found = () =>
    both.discord
      .messagesIn(world.direct.get(both.onDiscord(name).id) ?? '')
      .findLast(({ body }) => readable(body).includes(words));
  await until(`${name} reads “${words}”`, async () => {
    await both.bot.sweep();
    return found() !== undefined;
  });
  return found() as PeerMessage;
}

test('whom staff lose touch with is the same on both, and a call logged in one place is known in the other', async () => {
  both.goTo(new Date(Date.now() + 40 * dayMs));
  const due = await says('Ana', '/checkin due');
  expect(due.text).toContain('2 due, of 2');
  for (const name of ['Food Bank', 'Library']) expect(due.text).toContain(name);
  const logged = await both.onDiscord('Ana').runs('checkin log', {
    partner: 'Food Bank',
    kind: 'call',
    line: 'Short of drivers',
    promise: 'Ask the school',
    due: new Date(Date.now() + 45 * dayMs).toISOString().slice(0, 10),
  });
  expect(logged.text).toContain('The clock of Food Bank starts anew');
  expect((await says('Ana', '/checkin due')).text).not.toContain('Food Bank');
  expect((await both.onDiscord('Ana').runs('checkin due')).text).toContain('Library');

  await says('Ana', '/checkin tag partner:Library add:funder');
  const tagged = await both.onDiscord('Ana').runs('checkin rhythm', { tag: 'funder', ideal: 7, longest: 14 });
  expect(tagged.text).toContain('funder');
  expect((await says('Ana', '/checkin due')).text).toMatch(/Library\*?: overdue/);
  // What the partner sees of it, and what it does not.
  const own = await says('Ben', '/checkin partner');
  expect(own.text).toContain('Short of drivers');
  expect(own.text).not.toContain('Ask the school');
});

test('a pulse is answered by a button on either, with a name to its owner and without one to nobody', async () => {
  await says('Ana', '/checkin care partner:"Food Bank" owner:@Ana');
  await says('Ana', '/checkin pulse months:3');
  both.goTo(new Date(Date.now() + 42 * dayMs));
  const onSlack = await seesOnSlack('Ben', 'Answer without a name');
  const told = await both.fillsOnSlack('Ben', () => both.onSlack('Ben').presses('Answer', onSlack), {
    score: '2',
    words: 'We are tired',
    how: 'private',
  });
  expect(told.text).toContain('Only Ana');
  const cleo = both.onDiscord('Cleo');
  const asked = await arrivesOnDiscord('Cleo', 'How is it for you?');
  const form = await cleo.presses('Answer without a name', asked);
  const thanks = await cleo.fills({ score: '4', words: 'Quietly fine' }, form);
  expect(thanks.text).toContain('nothing here says that it was you');

  const owner = () =>
    both
      .onSlack('Ana')
      .screen()
      .some(({ text }) => text.includes('We are tired'));
  const onAnyPlatform = () =>
    owner() ||
    both.discord
      .messagesIn(both.discord.world.direct.get(both.onDiscord('Ana').id) ?? '')
      .some(({ body }) => readable(body).includes('We are tired'));
  await until('Ana reads what Ben said', async () => {
    await both.bot.sweep();
    return onAnyPlatform();
  });
  const results = await says('Ana', '/checkin answers');
  expect(results.text).toContain('2 of 5');
  expect(results.text).not.toContain('Quietly fine');
  expect((await says('Ana', '/coalition tasks')).text).toContain('Food Bank');
});

test('who looks after a partner is set in one place and known in the other', async () => {
  const ana = both.onDiscord('Ana');
  const set = await ana.runs('checkin care', { partner: 'Library', owner: ana.id, tier: 'close' });
  expect(set.text).toMatch(/Looks after it:\W+Ana/);
  expect((await says('Ana', '/checkin care partner:Library')).text).toMatch(/Looks after it:\W+Ana/);
  const changed = await says('Ana', '/checkin care partner:Library days:60-90');
  expect(changed.text).toContain('(its own)');
  expect((await ana.runs('checkin care', { partner: 'Library' })).text).toContain('(its own)');
  expect((await says('Ben', '/checkin care partner:Library')).text).toContain('backbone');
});

test('something that is not right is said on Discord without a name and answered on Slack by its code', async () => {
  const cleo = both.onDiscord('Cleo');
  const raised = await cleo.fills(
    { to: both.onDiscord('Ana').id, words: 'Somebody is pushed around', how: 'secret' },
    await cleo.runs('checkin concern'),
  );
  const receipt = codeIn(raised.text);
  expect(receipt, raised.text).not.toBe('');
  const list = await says('Ana', '/checkin concerns');
  expect(list.text).toContain('Somebody is pushed around');
  const answer = () => both.onSlack('Ana').presses('Answer', list);
  await both.fillsOnSlack('Ana', answer, { words: 'Thank you for saying so' });
  const thread = await cleo.fills({ code: receipt, words: 'It goes on' }, await cleo.runs('checkin thread'));
  expect(thread.text).toContain('Thank you for saying so');
  expect((await says('Ana', '/checkin concerns')).text).toContain('It goes on');

  const more = `${'word '.repeat(196)}end`;
  for (let time = 0; time < 4; time += 1)
    await cleo.fills({ code: receipt, words: `${time} ${more}` }, await cleo.runs('checkin thread'));
  const onSlack = both.onSlack('Ana');
  const again = await says('Ana', '/checkin concerns');
  const last = await both.next('Ana', () => onSlack.presses('Read it all', again));
  expect(last.text).toContain(`3 ${more}`);
  expect(last.text).not.toContain('pushed around');
  await onSlack.presses('Earlier: page 1 of 2', last);
  const turned = () => onSlack.answers().at(-1)?.text ?? '';
  await until('Ana reads the page before on Slack', async () => turned().includes('pushed around'));
  expect(turned()).toContain(`1 ${more}`);
  const onDiscord = both.onDiscord('Ana');
  const listed = await onDiscord.runs('checkin concerns');
  const read = await onDiscord.presses('Read it all', listed);
  expect(read.text).toContain(`3 ${more}`);
  const closed = await onDiscord.presses('Close it', read);
  expect(closed.text).toContain('You closed it');
  expect((await says('Ana', '/checkin concerns')).text).toContain('You closed it');
  const told = await cleo.fills({ code: receipt, page: '1' }, await cleo.runs('checkin thread'));
  expect(told.text).toContain('They closed it');
  expect(told.text).toContain('Somebody is pushed around');
  expect(both.discord.violations).toEqual([]);
});
