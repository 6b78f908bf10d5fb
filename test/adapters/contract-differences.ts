import { expect, test } from 'vitest';
import { platformsWithCalendar } from '../../src/core/who.ts';
import type { AdapterUnderTest, Capabilities, ContractPerson, Seen } from './contract.ts';

type Ways = {
  sees(person: ContractPerson, words: string, after?: number): Promise<Seen>;
  showsEverything(person: ContractPerson): Promise<Seen>;
};

/** Where platforms differ in what they have, each adapter does what its `capabilities` say. */
export function testDifferences(can: Capabilities, under: () => AdapterUnderTest, ways: Ways): void {
  const { sees, showsEverything } = ways;
  let worker: Promise<void> | null = null;
  const startsWorker = () => {
    worker ??= under().startWorker();
    return worker;
  };

  test('a file in a private answer comes with it, or the answer says where it is', async () => {
    const { text } = await showsEverything(under().person('Ana'));
    expect(text.includes('names.csv is in your direct messages')).toBe(!can.filesInPrivateAnswers);
  });

  test('a button that matters asks first, where buttons can', async () => {
    const at = under();
    const ana = at.person('Ana');
    const { id, coalitionId } = await at.bot.database.workspace.findFirstOrThrow();
    await at.bot.database.place.upsert({
      where: { workspaceId_ref: { workspaceId: id, ref: at.channel } },
      create: { workspaceId: id, coalitionId, ref: at.channel, name: 'general' },
      update: {},
    });
    await startsWorker();
    await ana.says(`/sample live where:${at.channel}`);
    const live = await sees(ana, 'Pressed');
    expect(live.buttons).toHaveLength(1);
    expect(live.asking).toEqual(can.asksBeforePressing ? live.buttons : []);
  });

  test('what a whole workspace has in common is kept where the platform has it', () => {
    const { messenger, groups } = under();
    expect(messenger.calendar !== undefined).toBe(can.calendar);
    expect(platformsWithCalendar.includes(messenger.platform)).toBe(can.calendar);
    expect(messenger.openGroup !== undefined).toBe(can.groupConversations);
    expect(groups?.platform).toBe(can.groups ? messenger.platform : undefined);
  });

  test('people are introduced where only they see it: together, or each alone where bots cannot', async () => {
    const at = under();
    const [ana, ben, cleo] = ['Ana', 'Ben', 'Cleo'].map((name) => at.person(name)) as [
      ContractPerson,
      ContractPerson,
      ContractPerson,
    ];
    await ben.says('/coalition join');
    await at.until(() => ben.form(), 'the form of /coalition join');
    const zone = 'America/Winnipeg';
    expect(await ben.fills({ organisation: 'Food Bank', standing: 'representative', zone })).toBeNull();
    await sees(ben, 'Food Bank');
    // Whatever the time is where this runs, they may be contacted.
    await at.bot.database.coalition.updateMany({
      data: { quietHoursStart: '00:00', quietHoursEnd: '00:00', workingDays: [1, 2, 3, 4, 5, 6, 7] },
    });
    await startsWorker();
    await ana.says('/meet');
    const words = can.groupConversations ? 'Meet each other' : 'Meet somebody';
    for (const person of [ana, ben]) await sees(person, words);
    const other = can.groupConversations ? 'Meet somebody' : 'Meet each other';
    for (const person of [ana, ben]) expect(showing(person, other)).toEqual([]);
    await ana.says('/sample announce title:Afterwards');
    await sees(cleo, 'Afterwards');
    expect(showing(cleo, 'Meet')).toEqual([]);
  });

  const showing = (person: ContractPerson, words: string) =>
    person.screen().filter(({ text }) => text.includes(words));
}
