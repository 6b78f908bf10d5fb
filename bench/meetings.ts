// What one answer costs while a time is being found: taking it, moving the totals, ranking every slot and drawing the card
// again, with 40 slots for 300 organisations and with 4 for 30. Beside it, in the same run, the same ranking from nothing but
// the answers themselves, as a count that starts over each time has to do it.
import { randomUUID } from 'node:crypto';
import { type Bot, openBot } from '../bot.ts';
import type { CoalitionId, MemberId } from '../src/core/ids.ts';
import type { Coalition, Member } from '../src/core/who.ts';
import { answer } from '../src/features/meetings/answering/jobs.ts';
import { type SlotAnswer, slotAnswers } from '../src/features/meetings/answering/rules.ts';
import { meetings } from '../src/features/meetings/feature.ts';
import { drawMeeting, gather, wantedOf } from '../src/features/meetings/meeting/cards.ts';
import { type Guest, listGuests, listSlots, type Meeting } from '../src/features/meetings/meeting/store.ts';
import { listInvitable, openDraft, sendDraft } from '../src/features/meetings/proposing/store.ts';
import { rankSlots, type SlotTotals } from '../src/features/meetings/ranking/rules.ts';
import { getCoalition } from '../src/identity/store.ts';
import { addDays } from '../src/time/wall-clock.ts';
import { openBenchDatabase } from './support/bench-database.ts';

const large = { slots: 40, organisations: 300 };
const small = { slots: 4, organisations: 30 };
const answersPerRound = 60;
const rounds = 5;
const sectors = 8;

type Scene = { bot: Bot; coalition: Coalition; member: Member; of: Meeting; guests: Guest[] };
type Measured = { answerMs: number; rankMs: number; countAgainMs: number };

export async function run(): Promise<Record<string, number>> {
  const database = await openBenchDatabase();
  const quiet = { info: () => {}, warn: () => {}, error: console.error };
  const clock = () => ({ now: () => new Date() });
  const bot = await openBot({
    ...{ databaseUrl: database.url, redisUrl: null, clock, log: quiet, poolSize: 5 },
    features: [meetings],
  });
  const scenes = { large: await makeScene(bot, large), small: await makeScene(bot, small) };
  const measured: Record<'large' | 'small', Measured[]> = { large: [], small: [] };
  // The first round warms everything up and is not counted; sizes take turns, so that a slow minute meets both.
  for (let round = 0; round <= rounds; round += 1) {
    for (const size of ['large', 'small'] as const) {
      const now = await measure(scenes[size]);
      if (round > 0) measured[size].push(now);
    }
  }
  await bot.close(5000);
  await database.close();
  const of = (size: 'large' | 'small', what: keyof Measured) =>
    median(measured[size].map((each) => each[what]));
  console.log(
    `Median of ${rounds} rounds of ${answersPerRound} answers, one after the other, every slot answered before.`,
  );
  return {
    answerMsAt40x300: rounded(of('large', 'answerMs')),
    answerMsAt4x30: rounded(of('small', 'answerMs')),
    growth40x300Over4x30: rounded(of('large', 'answerMs') / of('small', 'answerMs')),
    rankAndDrawMsAt40x300: rounded(of('large', 'rankMs')),
    rankAndDrawMsAt4x30: rounded(of('small', 'rankMs')),
    countAgainMsAt40x300: rounded(of('large', 'countAgainMs')),
    countAgainGrowth: rounded(of('large', 'countAgainMs') / of('small', 'countAgainMs')),
  };
}

/** A coalition with as many organisations, each with a voice, and a poll that all of them have answered. */
async function makeScene(bot: Bot, { slots, organisations }: typeof large): Promise<Scene> {
  const { database, tools } = bot;
  const now = new Date();
  const coalitionId = randomUUID() as CoalitionId;
  await database.coalition.create({
    data: { id: coalitionId, name: `Bench ${slots}`, timeZone: 'America/Winnipeg', createdAt: now },
  });
  const partners = Array.from({ length: organisations }, (_, index) => ({
    ...{ id: randomUUID(), coalitionId, name: `Organisation ${index}`, nameKey: `organisation ${index}` },
    ...{ sector: `Sector ${index % sectors}`, joinedAt: now, confirmedAt: now },
  }));
  await database.partner.createMany({ data: partners });
  const members = partners.map(({ id: partnerId }, index) => ({
    ...{ id: randomUUID(), coalitionId, partnerId, name: `Voice ${index}`, standing: 'representative' },
    ...{ language: 'en', timeZone: index % 3 === 0 ? 'Europe/Berlin' : 'America/Winnipeg', joinedAt: now },
  }));
  await database.member.createMany({ data: members });
  const coalition = await getCoalition(database, coalitionId);
  const [first] = members;
  if (!first) throw new Error('Nobody');
  const member = { ...first, id: first.id as MemberId, partner: null, accountId: '' } as unknown as Member;
  const times = Array.from({ length: slots }, (_, index) => ({
    date: addDays(now.toISOString().slice(0, 10), 10 + Math.floor(index / 8)),
    time: `${String(9 + (index % 8)).padStart(2, '0')}:00`,
  }));
  const deadline = new Date(now.getTime() + 5 * 86_400_000);
  const of = await tools.write(async (writing) => {
    const draft = await openDraft(
      writing,
      coalitionId,
      member.id,
      {
        ...{
          title: 'Bench',
          why: '',
          place: '',
          minutes: 60,
          timeZone: coalition.timeZone,
          typed: '',
          doubts: [],
        },
        ...{ quorum: organisations, closing: 'deadline', deadline, objectionDays: 0, reminders: [] },
        ...{ placeId: null, small: false },
      },
      times,
    );
    return sendDraft(writing, draft, await listInvitable(writing.tx, coalition));
  }, 120_000);
  if (!of) throw new Error('Not sent');
  const guests = await listGuests(database, of);
  const scene = { bot, coalition, member, of, guests };
  for (const guest of guests) await sayAll(scene, guest);
  await database.$executeRaw`analyze "MeetingSlot", "MeetingGuest", "MeetingAnswer"`;
  return scene;
}

const pick = (): SlotAnswer => slotAnswers[Math.floor(Math.random() * slotAnswers.length)] ?? 'no';

async function sayAll({ bot, member, of }: Scene, guest: Guest): Promise<void> {
  const said = new Map((await listSlots(bot.database, of)).map((slot) => [slot.id, pick()]));
  await bot.tools.write((writing) => answer(writing, bot.tools, of, guest, said, member));
}

async function measure(scene: Scene): Promise<Measured> {
  const { bot, coalition, member, of, guests } = scene;
  const slots = await listSlots(bot.database, of);
  const required = guests.filter((guest) => guest.required).length;
  const spent = { answerMs: 0, rankMs: 0, countAgainMs: 0 };
  for (let turn = 0; turn < answersPerRound; turn += 1) {
    const guest = guests[Math.floor(Math.random() * guests.length)];
    const slot = slots[Math.floor(Math.random() * slots.length)];
    if (!guest || !slot) throw new Error('Nothing to answer');
    const said = new Map([[slot.id, pick()]]);
    const begun = performance.now();
    await bot.tools.write((writing) => answer(writing, bot.tools, of, guest, said, member));
    const ranking = performance.now();
    drawMeeting(await gather(bot.database, of), coalition, coalition);
    const drawn = performance.now();
    const counted = rankSlots(await countAgain(scene), wantedOf(of, required));
    const end = performance.now();
    const kept = rankSlots(await listSlots(bot.database, of), wantedOf(of, required));
    if (turn === 0) assertSame(kept, counted);
    spent.answerMs += drawn - begun;
    spent.rankMs += drawn - ranking;
    spent.countAgainMs += end - drawn;
  }
  return {
    answerMs: spent.answerMs / answersPerRound,
    rankMs: spent.rankMs / answersPerRound,
    countAgainMs: spent.countAgainMs / answersPerRound,
  };
}

/** The same totals, counted from every answer. */
async function countAgain({ bot, of }: Scene): Promise<SlotTotals[]> {
  const { database } = bot;
  const rows = await database.meetingAnswer.findMany({
    where: { meetingId: of.id },
    include: { guest: true },
  });
  return (await listSlots(database, of)).map((slot) => {
    const mine = rows.filter(({ slotId }) => slotId === slot.id);
    const can = mine.filter(({ answer }) => answer !== 'no');
    return {
      position: slot.position,
      startsAt: slot.startsAt,
      yes: mine.filter(({ answer }) => answer === 'yes').length,
      maybe: mine.filter(({ answer }) => answer === 'maybe').length,
      requiredIn: can.filter(({ guest }) => guest.required).length,
      sectorIn: of.sectors.map((sector) => can.filter(({ guest }) => guest.sector === sector).length),
      hardship: can.reduce((sum, { hardship }) => sum + hardship, 0),
    };
  });
}

type Ranked = readonly { slot: SlotTotals; standing: unknown }[];

/** The running totals are only worth their speed while they say what the answers say. */
function assertSame(kept: Ranked, counted: Ranked): void {
  const facts = (of: Ranked) =>
    JSON.stringify(
      of.map(({ slot: { position, yes, maybe, requiredIn, sectorIn, hardship }, standing }) => [
        ...[position, yes, maybe, requiredIn, sectorIn, hardship],
        standing,
      ]),
    );
  if (facts(kept) !== facts(counted)) throw new Error('The totals do not say what the answers say');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const rounded = (value: number) => Math.round(value * 100) / 100;
