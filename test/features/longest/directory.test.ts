import { test } from 'vitest';
import { mostAtAnswer } from '../../../src/features/directory/csv/jobs.ts';
import { directory } from '../../../src/features/directory/feature.ts';
import { removeStaffPress } from '../../../src/features/directory/settings/cards.ts';
import { joins } from '../../support/joining.ts';
import { linkingIn } from '../../support/linking.ts';
import { does, type LongestStage, playLongest } from '../../support/longest-coalition.ts';
import { letters, longName, partnerName } from '../../support/longest-letters.ts';
import { buttonsOf } from '../../support/person.ts';

const rows = Array.from({ length: 300 }, (_, n) =>
  [longName(`R${n}`, 80), letters(600), letters(60), letters(80), letters(50)].join(','),
);
const csv = `Name,Does,Sector,Area,Needs\n${rows.join('\n')}`;

// With those there are more than an answer holds: they are exported as long work.
const names = Array.from({ length: mostAtAnswer }, (_, n) => longName(`N${n}`, 80));
const manyCsv = `Name\n${names.join('\n')}`;

/** Staff change what is there: who is on staff, which partners there are, and where the coalition lives. */
async function arrange({ bot, coalition, staff }: LongestStage): Promise<void> {
  const removal = async () => {
    const settings = await staff.says('/coalition settings');
    const id = removeStaffPress.encode({ member: coalition.memberId('Staff 2') });
    const button = settings.card && buttonsOf(settings.card).find((each) => each.id === id);
    return does(staff, button?.label ?? 'Remove', settings);
  };
  await does(staff, 'settings.show', await removal());
  await does(staff, 'settings.remove-staff-confirm', await removal());

  const id = coalition.partnerId(partnerName(5));
  const { name } = await bot.database.partner.findUniqueOrThrow({ where: { id } });
  const ending = await does(staff, 'partners.end', await staff.says(`/partners edit ${name}`));
  await does(staff, 'partners.again', await does(staff, 'partners.end-confirm', ending));

  for (const file of [csv, manyCsv]) {
    await does(staff, 'partners.import-confirm', await staff.says(`/partners import ${file}`));
    await bot.settle();
  }
  for (const typed of ['/partners list', '/partners list search:N']) {
    const second = await does(staff, 'Next', await staff.says(typed));
    await does(staff, 'Previous', await does(staff, 'Next', second));
  }
  await staff.says('/partners export');
  await bot.settle();
}

/** One of two workspaces goes. */
async function unlinkGuild({ bot, coalition, staff }: LongestStage): Promise<void> {
  const guild = await bot.database.workspace.findFirstOrThrow({
    where: { coalitionId: coalition.id, platform: 'discord' },
  });
  const asked = await staff.picks(guild.id, await staff.says('/coalition unlink'));
  await does(staff, 'coalition.unlink', asked);
}

test('whatever there is to do about the directory with the longest words is drawn on every platform', async () => {
  const last = ['coalition leave', 'coalition unlink'];
  await playLongest({ features: [directory], last, forgets: 'Voice 3' }, async (stage) => {
    const { bot, coalition, crawl, staff, voices, commands } = stage;
    const [voice = staff] = voices;
    const newcomer = coalition.person('Newcomer');
    await does(newcomer, 'partners.show', await joins(newcomer, partnerName(3)));
    for (const [n, answer] of ['join-theirs', 'join-new', 'join-again'].entries()) {
      const visitor = coalition.person(`Visitor ${n}`);
      const asked = await joins(visitor, longName('P2', 79), 'alternate');
      await crawl.presses(visitor, asked, `coalition.${answer}`);
    }
    const at = linkingIn(bot);
    await at.linkDiscord(staff);
    const alike = at.onDiscord('Alike');
    await joins(alike, partnerName(1));
    await does(alike, 'coalition.merge', await alike.says(`/coalition link-me ${await at.ownCode(voice)}`));
    await joins(at.onDiscord('Twin'), longName('Twin', 80));
    await crawl.says(at.onDiscord('Twin'), `/coalition link-me ${await at.ownCode(voice)}`);
    await crawl.says(at.onDiscord('Other'), `/coalition link-me ${await at.ownCode(staff)}`);
    await crawl.says(voice, '/coalition link-me');
    const founder = bot.as('Founder', { workspace: 'elsewhere' });
    await crawl.says(founder, '/coalition setup');
    await crawl.takes(staff, await staff.says(`/partners import ${csv}`));
    await crawl.wait(1);
    await crawl.sayAll(commands);
    await crawl.says(staff, '/partners export');
    await crawl.says(staff, `/partners list search:${letters(20)}`);
    const text = [letters(2000)];
    for (const kind of ['one', 'two']) {
      const task = { coalitionId: coalition.id, kind, subject: kind, text };
      await bot.tools.write((writing) => bot.tools.staffTasks.open(writing, task));
    }
    await crawl.says(staff, '/coalition tasks');
    // After a year the voices are asked whether their card is still right.
    await crawl.wait(24 * 7);
    await crawl.sayAll(['partners list', 'coalition settings']);
    await arrange(stage);
    await unlinkGuild(stage);
  });
}, 300_000);
