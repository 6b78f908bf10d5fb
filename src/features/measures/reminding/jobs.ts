import type { TimedJob } from '../../../core/command.ts';
import { type CoalitionId, type MemberId, newId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember } from '../../../identity/store.ts';
import { localDate } from '../../../time/wall-clock.ts';
import type { MeasureId } from '../definition/rules.ts';
import {
  isWanted,
  nextStepAt,
  type RequestId,
  type Step,
  type Stepped,
  stateOf,
  stepNow,
} from '../requests/rules.ts';
import { findLast, listRequests, type Request } from '../requests/store.ts';
import { say } from '../words.ts';
import { checkInWords, type Reminded, reminderCard } from './cards.ts';
import {
  findNextStep,
  findTrack,
  listReminded,
  listRemindedMembers,
  lockDue,
  lockReminding,
  mapPeople,
  moveReminders,
  recordNext,
  recordReminders,
  recordStep,
} from './store.ts';

const remindKind = 'measures.remind';
export const checkInTask = 'data-check-in';
const from = 'measures';
const subjectPrefix = 'remind:';
/** How many partners' people are asked in one transaction. */
const batch = 20;
/** A task is to be read at a glance; /checkin partner shows more. */
const mostPoints = 3;

/** Plans the next look at what is to be asked: one timer for a coalition, whatever its number of partners. */
export async function setReminding(
  writing: Writing,
  tools: Tools,
  { id: coalitionId }: Coalition,
): Promise<void> {
  const at = await findNextStep(writing.tx, coalitionId);
  if (!at) return;
  // A moment that has passed may have had its timer already, and one occurrence happens once.
  const occurrence = at > writing.now ? at.toISOString() : `now ${newId()}`;
  const dueAt = at > writing.now ? at : writing.now;
  await tools.timers.set(writing, { coalitionId, kind: remindKind, subject: coalitionId, occurrence, dueAt });
}

const lastOf = ({ step, steppedOn }: Request): Stepped =>
  step && steppedOn ? { step, on: steppedOn } : null;

const remind: TimedJob = {
  kind: remindKind,
  async run({ writing, coalition, tools }) {
    await lockReminding(writing, coalition.id);
    const requests = await lockDue(writing, coalition.id, batch);
    const partners = [...new Set(requests.map(({ partner }) => partner.id))];
    const people = await mapPeople(writing.tx, coalition.id, partners);
    const byMember = new Map<MemberId, { member: Member; asked: { request: Request; step: Step }[] }>();
    for (const request of requests) {
      const taken = takeStep(request, people.of(request.measure.id, request.partner.id), writing.now);
      if (taken === 'none') await recordNext(writing, coalition.id, [request.id], null);
      else if (taken.step === null) await recordNext(writing, coalition.id, [request.id], taken.nextAt);
      else {
        const { step, member, on, nextAt } = taken;
        await recordStep(writing, coalition.id, request.id, { step, on, nextAt });
        if (step === 'check-in') await openCheckIn(writing, tools, coalition, request);
        else if (member) {
          const known = byMember.get(member.id) ?? { member, asked: [] };
          byMember.set(member.id, { member, asked: [...known.asked, { request, step }] });
        }
      }
    }
    for (const { member, asked } of byMember.values()) {
      await tell(writing, tools, coalition, member, asked);
    }
    await setReminding(writing, tools, coalition);
  },
};

type Taken =
  | 'none'
  | { readonly step: null; readonly nextAt: Date | null }
  | {
      readonly step: Step;
      readonly member: Member | null;
      readonly on: string;
      readonly nextAt: Date | null;
    };

/** What is done about a request whose next step is due, and who is asked. */
function takeStep(request: Request, people: readonly Member[], now: Date): Taken {
  const last = lastOf(request);
  const on = localDate(now, request.timeZone);
  const checkIn: Taken = { step: 'check-in', member: null, on, nextAt: null };
  if (!isWanted(request, now)) {
    // Locked before anybody talked with the partner: no more reminders, but somebody should.
    return stateOf(request, now) === 'locked' && last?.step !== 'check-in' ? checkIn : 'none';
  }
  const step = stepNow(request, last, now);
  if (step === null) return { step, nextAt: nextStepAt(request, last) };
  const [first, second] = people;
  const member = step === 'alternate' ? second : first;
  if (step === 'check-in' || !member) return checkIn;
  return { step, member, on, nextAt: nextStepAt(request, { step, on }) };
}

/**
 * Puts what a person is reminded of on one card: whatever still waited for them is taken back and stands on the new
 * one, unless it has been answered by now.
 * @param insteadOf whoever handed over to them: what waited for that person too
 */
export async function tell(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  member: Member,
  asked: readonly Reminded[],
  insteadOf?: MemberId,
): Promise<void> {
  const { tx, now } = writing;
  const members = [member.id, ...(insteadOf ? [insteadOf] : [])];
  const waiting = { coalitionId: coalition.id, from, subjectPrefix, members };
  const takenBack = await tools.outreach.takeBack(writing, waiting);
  // However often one figure is asked for, it is one ask.
  const about = asked[0]?.request.id ?? takenBack[0]?.slice(subjectPrefix.length).split('#')[0];
  if (!about) return;
  const message = `${subjectPrefix}${about}#${newId()}`;
  await moveReminders(writing, coalition.id, { from: takenBack, message, to: member.id });
  await recordReminders(writing, coalition.id, {
    memberId: member.id,
    message,
    asked: asked.map(({ request, step }) => ({ request: request.id, step })),
  });
  const all = takenBack.length === 0 ? [...asked] : await listStillWanted(writing, coalition.id, message);
  const [only] = all;
  if (!only) return;
  const single = all.length === 1 ? only.request : null;
  const locks = all.map(({ request }) => request.lockAt);
  const lastLock = Math.max(...locks.map((at) => at?.getTime() ?? Number.POSITIVE_INFINITY));
  await tools.outreach.reach(writing, {
    coalition,
    member: member.id,
    kind: 'ask',
    from,
    subject: message,
    why: say(coalition, 'why.figures', { count: all.length }),
    card: reminderCard(all, {
      reader: member,
      now,
      last: single && (await findLast(tx, coalition.id, single)),
      others: 0,
      coalition: coalition.name,
    }),
    // Once everything on it is locked, it would only ask for what is not taken any more.
    ...(Number.isFinite(lastLock) ? { expires: new Date(lastLock) } : {}),
  });
}

async function listStillWanted(
  writing: Writing,
  coalitionId: CoalitionId,
  message: string,
): Promise<Reminded[]> {
  const reminded = await listReminded(writing.tx, coalitionId, message);
  const ids = reminded.map(({ request }) => request);
  const steps = new Map(reminded.map(({ request, step }) => [request, step]));
  const requests = await listRequests(writing.tx, coalitionId, ids);
  return requests
    .filter((request) => isWanted(request, writing.now))
    .map((request): Reminded => ({ request, step: steps.get(request.id) ?? 'notice' }));
}

async function openCheckIn(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  request: Request,
): Promise<void> {
  const { tx, now } = writing;
  const of = { measureId: request.measure.id, partnerId: request.partner.id, now };
  const people = await mapPeople(tx, coalition.id, [request.partner.id]);
  const points = await talkingPoints(tools, coalition, request.partner.id, coalition);
  await tools.staffTasks.open(writing, {
    coalitionId: coalition.id,
    kind: checkInTask,
    subject: request.id,
    text: checkInWords(coalition, {
      request,
      people: people.of(of.measureId, of.partnerId),
      track: await findTrack(tx, coalition.id, of),
      last: (await findLast(tx, coalition.id, request))?.figure ?? null,
      points: points.slice(0, mostPoints),
    }),
  });
}

/**
 * Some requests are answered, excused or moved: nothing more about them is on its way to anybody. Called in the
 * transaction that settled them.
 */
export async function stopReminding(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  requests: readonly RequestId[],
): Promise<void> {
  await recordNext(writing, coalition.id, requests, null);
  for (const subject of requests) {
    await tools.staffTasks.close(writing, { coalitionId: coalition.id, kind: checkInTask, subject });
  }
  const members = await listRemindedMembers(writing.tx, coalition.id, { requests });
  await renewCards(writing, tools, coalition, members);
}

/** What waits for these people is drawn anew, without what has been settled since. */
async function renewCards(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  members: readonly MemberId[],
) {
  for (const id of members) {
    const member = await findMember(writing.tx, coalition.id, id);
    if (member) await tell(writing, tools, coalition, member, []);
  }
}

/** A measure is closed: its opening is taken back, and so is whatever asks for it. */
export async function stopAsking(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  measureId: MeasureId,
): Promise<void> {
  await tools.timers.cancel(writing, {
    coalitionId: coalition.id,
    kind: 'measures.open',
    subject: measureId,
  });
  const members = await listRemindedMembers(writing.tx, coalition.id, { measureId });
  await renewCards(writing, tools, coalition, members);
}

/** Somebody takes over from another: what waited for the one reaches the other. */
export async function passReminders(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  people: { from: MemberId; to: MemberId },
): Promise<void> {
  const member = await findMember(writing.tx, coalition.id, people.to);
  if (member) await tell(writing, tools, coalition, member, [], people.from);
}

export const remindingJobs = [remind];
