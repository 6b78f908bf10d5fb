import { expect, test } from 'vitest';
import { pressName } from '../../../src/core/press.ts';
import { introductions } from '../../../src/features/introductions/feature.ts';
import { joins } from '../../support/joining.ts';
import { linkingIn } from '../../support/linking.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { buttonsOf, type Person, type Reply } from '../../support/person.ts';

/** The last message to somebody with such a button. */
const lastWith = (person: Person, name: string) =>
  person.inbox().findLast(({ card }) => buttonsOf(card).some(({ id }) => pressName(id) === name));

/** Two who share no workspace write to each other through the bot, and say what came of it. */
async function meetApart({ bot, staff, voices: [voice = staff] }: LongestStage): Promise<void> {
  const at = linkingIn(bot);
  await at.linkDiscord(staff);
  const remote = at.onDiscord('Remote');
  await does(remote, 'coalition.join-new', await joins(remote, longName('Remote', 80)));
  await staff.says(`/intros one one:<@${voice.ref}> other:Remote reason:${letters(200)}`);
  await bot.settle();
  const introduced = lastWith(voice, 'introductions.write');
  await does(voice, 'introductions.write', introduced, { words: letters(1000) });
  bot.clockHand.forward(8 * 86_400_000);
  await bot.settle();
  await does(voice, 'introductions.answer', lastWith(voice, 'introductions.answer'));
  bot.clockHand.forward(14 * 86_400_000);
  await bot.settle();
  const afterwards = lastWith(voice, 'introductions.outcome');
  const line = await does(voice, 'introductions.outcome', afterwards);
  await does(voice, 'introductions.line', line, { line: letters(200) });
}

/** One of every partner is asked whether they take part; staff change one introduction of the draw. */
async function drawOne({ bot, coalition, staff }: LongestStage): Promise<void> {
  await staff.says('/intros start cadence:weekly size:2 who:willing preview:24');
  await bot.settle();
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    const people = [`Voice ${n}`, `Alternate ${n}`, `Member ${n}`].map((who) => coalition.person(who));
    const invited = people.find((each) => lastWith(each, 'introductions.join'));
    if (invited) await does(invited, 'introductions.join', lastWith(invited, 'introductions.join'));
  }
  const selectIn = ({ card }: Reply) => card?.parts.find((part) => part.part === 'select')?.select;
  let preview = await staff.says('/intros preview');
  for (let day = 0; day < 7 && !selectIn(preview); day += 1) {
    bot.clockHand.forward(86_400_000);
    await bot.settle();
    preview = await staff.says('/intros preview');
  }
  const choose = () => staff.picks(selectIn(preview)?.choices[0]?.value ?? '', preview);
  await does(staff, 'introductions.lock', await choose());
  await does(staff, 'introductions.remove', await choose());
  await staff.says('/intros stop');
}

/** In each group of a round somebody wants out: who is left alone first meets whoever is left alone next. */
async function letOut({ bot, coalition, staff }: LongestStage): Promise<void> {
  await staff.says('/intros start cadence:weekly size:2 who:willing preview:24');
  for (let day = 0; day < 16; day += 1) {
    bot.clockHand.forward(86_400_000);
    await bot.settle();
  }
  for (const n of [1, 2, 3, 4, 5, 6, 7]) {
    for (const person of [`Voice ${n}`, `Alternate ${n}`, `Member ${n}`].map((who) =>
      coalition.person(who),
    )) {
      const asked = lastWith(person, 'introductions.answer');
      if (asked) await person.presses('Let me out', asked);
      await bot.settle();
    }
  }
  expect(await bot.database.introGroup.count({ where: { origin: 'rematch' } })).toBeGreaterThan(0);
  await staff.says('/intros stop');
}

// Who meets whom is drawn, and a rare draw leaves one of the things to do without anybody who may do it.
const how = { timeout: 300_000, retry: 2 };

test(
  'whatever there is to do about introductions with the longest words is drawn on every platform',
  how,
  async () => {
    await playLongest(
      {
        features: [introductions],
        at: '2026-01-26T15:00:00Z',
        last: ['intros stop'],
        others: ['Alternate 2', 'Alternate 3'],
        partners: 7,
      },
      async (stage) => {
        const { bot, coalition, crawl, commands, staff } = stage;
        await meetApart(stage);
        await drawOne(stage);
        await letOut(stage);
        bot.clockHand.goTo('2026-03-02T15:00:00Z');
        await bot.settle();
        await crawl.says(staff, '/intros start cadence:weekly size:2 who:everybody preview:24');
        await crawl.wait(26);
        await crawl.sayAll(commands);
        await coalition.addPartner({ name: partnerName(9), needs: [letters(50)], voices: ['Voice 9'] });
        for (let day = 0; day < 24; day += 1) {
          await crawl.wait(24);
          await crawl.says(staff, '/intros preview');
        }
        await crawl.sayAll(commands);
        await crawl.says(staff, '/intros start cadence:weekly size:2 who:willing preview:24');
        for (let day = 0; day < 8; day += 1) await crawl.wait(24);
      },
    );
  },
);
