import { expect, test } from 'vitest';
import { messageIn, scriptAs } from '../support/console-script.ts';
import { makeFaults } from '../support/faults.ts';
import type { BotProcess } from '../support/process.ts';
import { until } from '../support/until.ts';

const { rows, start, killBeforeWriting, nextDue, nothingLeftToSend } = makeFaults();

/** Staff start introductions; the moment at which the first go out. */
async function startIntroductions(bot: BotProcess): Promise<string> {
  messageIn(
    await scriptAs(bot, 'mara-quill').says('/intros start cadence:weekly size:2 who:everybody preview:0'),
  );
  await bot.moveClock((await nextDue('introductions.heads-up')).toISOString());
  await until(
    'the round is announced',
    async () => (await rows(`select from "IntroRound" where "state" = 'announced'`)).length === 1,
    60_000,
  );
  const due = await nextDue('introductions.send');
  // The heads-up has been sent, so that what the bot is killed over is the introduction.
  await bot.moveClock(new Date(due.getTime() - 60_000).toISOString());
  await nothingLeftToSend();
  return due.toISOString();
}

const sent = () =>
  rows<{ id: string; people: number }>(
    `select g."id", count(*)::int as "people" from "IntroGroup" g join "IntroSeat" s on s."groupId" = g."id"
     where g."state" = 'sent' group by g."id"`,
  );
/** Introductions that stand in the console, by the sentence that only they have. */
const standing = () =>
  rows<{ place: string; card: string }>(
    `select "placeRef" as "place", "card"::text as "card" from "ConsoleMessage"
     where "card"::text like '%introductions.time%'`,
  );

test.each([
  ['while it writes the history', 'IntroPair'],
  ['between sending and writing that down', 'Posting'],
])(
  'killed %s: everybody is introduced once, and the history says it once',
  async (_, table) => {
    const first = await start();
    const due = await startIntroductions(first);
    await killBeforeWriting(first, table, due);
    const second = await start();
    await until(
      'every introduction is in the history',
      async () =>
        (await rows(`select from "IntroGroup" where "state" in ('proposed', 'waiting')`)).length === 0,
      120_000,
    );
    const groups = await sent();
    const stand = async () => (await standing()).length >= groups.length;
    await until('every introduction stands', stand, 120_000);
    await nothingLeftToSend();
    expect(groups.length).toBeGreaterThan(1);
    const pairs = groups.reduce((sum, { people }) => sum + (people * (people - 1)) / 2, 0);
    expect(await rows(`select from "IntroPair" where "times" = 1`)).toHaveLength(pairs);
    expect(await rows(`select from "IntroPair" where "times" <> 1`)).toHaveLength(0);
    const stands = await standing();
    expect(new Set(stands.map(({ place, card }) => `${place} ${card}`)).size).toBe(stands.length);
    expect(await second.end('SIGINT')).toBe(0);
  },
  300_000,
);
