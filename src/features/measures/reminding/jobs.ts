import type { TimedJob } from '../../../core/command.ts';
import { type CoalitionId, type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, listMembersById } from '../../../identity/store.ts';
import { localDate } from '../../../time/wall-clock.ts';
import type { MeasureId } from '../definition/rules.ts';
import { openKind } from '../periods/rules.ts';
import { isOpening } from '../periods/store.ts';
import { isWanted, nextStepAt, type RequestId, type Stepped, stateOf, stepNow } from '../requests/rules.ts';
import { listRequests, mapLast, type Request } from '../requests/store.ts';
import { say } from '../words.ts';
import { checkInWords, type Reminded, reminderCard } from './cards.ts';
import {
  findNextStep,
  listBeingAsked,
  listRemindedMembers,
  lockDue,
  lockReminding,
  mapPeople,
  mapReminded,
  mapTracks,
  type People,
  type ReminderStep,
  recordNext,
  recordReminders,
  recordSteps,
  type StepTaken,
} from './store.ts';

const remindKind = 'measures.remind';
const checkInTask = 'data-check-in';
const from = 'measures';
const subjectPrefix = 'remind:';
/** How many partners' people are asked in one transaction. */
const batch = 20;
/** How long periods that are opening are waited for. */
const lookAgainMs = 60_000;
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

async function lookAgain(writing: Writing, tools: Tools, { id: coalitionId }: Coalition): Promise<void> {
  const dueAt = new Date(writing.now.getTime() + lookAgainMs);
  const occurrence = dueAt.toISOString();
  await tools.timers.set(writing, { coalitionId, kind: remindKind, subject: coalitionId, occurrence, dueAt });
}

const lastOf = ({ step, steppedOn }: Request): Stepped =>
  step && steppedOn ? { step, on: steppedOn } : null;

const remind: TimedJob = {
  kind: remindKind,
  async run({ writing, coalition, tools }) {
    await lockReminding(writing, coalition.id);
    // After downtime several periods open at once, and what they ask of one person is one card: the last of them
    // calls again when it is done. Where one fails, this looks again by itself.
    if (await isOpening(writing, coalition.id)) return lookAgain(writing, tools, coalition);
    const requests = await lockDue(writing, coalition.id, batch);
    const partners = [...new Set(requests.map(({ partner }) => partner.id))];
    const people = await mapPeople(writing.tx, coalition.id, partners);
    const byMember = new Map<MemberId, { member: Member; asked: Reminded[] }>();
    const [taken, unanswered]: [StepTaken[], Request[]] = [[], []];
    for (const request of requests) {
      const { step, on, nextAt, member } = takeStep(
        request,
        people.of(request.measure.id, request.partner.id),
        writing.now,
      );
      taken.push({ id: request.id, step, on, nextAt });
      if (step === 'check-in') unanswered.push(request);
      if (step === null || member === null) continue;
      const known = byMember.get(member.id);
      if (known) known.asked.push({ request, step });
      else byMember.set(member.id, { member, asked: [{ request, step }] });
    }
    await recordSteps(writing, coalition.id, taken);
    await openCheckIns(writing, tools, coalition, unanswered, people);
    await tellEach(writing, tools, coalition, [...byMember.values()], people);
    await setReminding(writing, tools, coalition);
  },
};

/** `member`: whoever is asked; nobody where staff have a task, or nothing is to be done. */
type Taken = Omit<StepTaken, 'id'> & { readonly member: Member | null };

/** What is done about a request whose next step is due, and who is asked. */
function takeStep(request: Request, people: readonly Member[], now: Date): Taken {
  const last = lastOf(request);
  const on = localDate(now, request.timeZone);
  const nothing: Taken = { step: null, member: null, on: null, nextAt: null };
  const checkIn: Taken = { ...nothing, step: 'check-in', on };
  if (!isWanted(request, now)) {
    // Locked before anybody talked with the partner: no more reminders, but somebody should.
    return stateOf(request, now) === 'locked' && last?.step !== 'check-in' ? checkIn : nothing;
  }
  const step = stepNow(request, last, now);
  if (step === null) return { ...nothing, nextAt: nextStepAt(request, last) };
  const [first, second] = people;
  const member = step === 'alternate' ? second : first;
  if (step === 'check-in' || !member) return checkIn;
  return { step, member, on, nextAt: nextStepAt(request, { step, on }) };
}

/** What is said to somebody now. `insteadOf`: whoever handed over to them, for what waited for that person too. */
type Telling = {
  readonly member: Member;
  readonly asked: readonly Reminded[];
  readonly insteadOf?: MemberId;
};

/**
 * Puts what each person is reminded of on one card of theirs: whatever still waited for them is taken back and stands
 * on the new one, unless it has been answered by now. As many statements for all of them as for one. `people`: of
 * their partners, where they are known.
 */
export async function tellEach(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  tellings: readonly Telling[],
  people?: People,
): Promise<void> {
  const members = tellings.flatMap(({ member, insteadOf }) => [member.id, insteadOf ?? []].flat());
  if (members.length === 0) return;
  const waiting = { coalitionId: coalition.id, from, subjectPrefix, members };
  const takenBack = await tools.outreach.takeBack(writing, waiting);
  const messages = tellings.flatMap(({ member, asked, insteadOf }) => {
    const theirs = takenBack.filter((each) => each.member === member.id || each.member === insteadOf);
    const takesOver = theirs.map(({ subject }) => subject);
    const released = theirs.find((each) => each.released)?.released ?? null;
    // However often one figure is asked for, it is one ask.
    const about = asked[0]?.request.id ?? takesOver[0]?.slice(subjectPrefix.length).split('#')[0];
    if (!about) return [];
    const message = `${subjectPrefix}${about}#${newId()}`;
    return { member, memberId: member.id, asked, takesOver, released, message };
  });
  await recordReminders(
    writing,
    coalition.id,
    messages.map(({ asked, ...message }) => ({
      ...message,
      asked: asked.map(({ request, step }) => ({ request: request.id, step })),
    })),
  );
  const joined = messages.filter(({ takesOver }) => takesOver.length > 0).map(({ message }) => message);
  const stillWanted = await mapStillWanted(writing, coalition.id, joined);
  const cards = messages.map(({ member, message, asked, takesOver, released }) => ({
    ...{ member, message, released },
    all: takesOver.length === 0 ? asked : (stillWanted.get(message) ?? []),
  }));
  const single = cards.flatMap(({ all: [only, ...others] }) => (only && !others[0] ? only.request.id : []));
  const last = await mapLast(writing.tx, coalition.id, single);
  const others = await countOthers(writing, coalition.id, cards, people);
  await tools.outreach.reachEach(
    writing,
    cards.flatMap(({ member, message, released, all }) => {
      const [only] = all;
      if (!only) return [];
      const locks = all.map(({ request }) => request.lockAt?.getTime() ?? Number.POSITIVE_INFINITY);
      const lastLock = Math.max(...locks);
      return {
        ...{ coalition, member: member.id, kind: 'ask' as const, from, subject: message },
        why: say(coalition, 'why.figures', { count: all.length }),
        card: reminderCard(all, {
          reader: member,
          now: writing.now,
          last: last.get(only.request.id) ?? null,
          others: others.get(member.id) ?? 0,
          coalition: coalition.name,
        }),
        // Once everything on it is locked, it would only ask for what is not taken any more.
        ...(Number.isFinite(lastLock) ? { expires: new Date(lastLock) } : {}),
        ...(released ? { released } : {}),
      };
    }),
  );
}

/** How much else each person has heard of and is still asked for: their card leads to it. */
async function countOthers(
  writing: Writing,
  coalitionId: CoalitionId,
  cards: readonly { readonly member: Member; readonly all: readonly Reminded[] }[],
  people?: People,
): Promise<Map<MemberId, number>> {
  const partners = [...new Set(cards.flatMap(({ member }) => member.partner?.id ?? []))];
  const key = (member: MemberId, request: RequestId) => `${member} ${request}`;
  const shown = new Set(
    cards.flatMap(({ member, all }) => all.map(({ request }) => key(member.id, request.id))),
  );
  const asked = await listBeingAsked(writing, coalitionId, partners);
  const counts = new Map<MemberId, number>();
  if (asked.length === 0) return counts;
  const who = people ?? (await mapPeople(writing.tx, coalitionId, partners));
  for (const { id, measureId, partnerId } of asked) {
    const [first] = who.of(measureId, partnerId);
    if (first && !shown.has(key(first.id, id))) counts.set(first.id, (counts.get(first.id) ?? 0) + 1);
  }
  return counts;
}

/** What messages remind of and nobody has answered since. */
async function mapStillWanted(
  { tx, now }: Writing,
  coalitionId: CoalitionId,
  messages: readonly string[],
): Promise<Map<string, Reminded[]>> {
  const reminded = await mapReminded(tx, coalitionId, messages);
  const ids = [...reminded.values()].flatMap((steps) => [...steps.keys()]);
  const requests = await listRequests(tx, coalitionId, ids);
  const wanted = new Map(
    requests.filter((request) => isWanted(request, now)).map((request) => [request.id, request]),
  );
  const stillWanted = (steps: ReadonlyMap<RequestId, ReminderStep>): Reminded[] =>
    [...steps].flatMap(([id, step]) => {
      const request = wanted.get(id);
      return request ? { request, step } : [];
    });
  return new Map([...reminded].map(([message, steps]) => [message, stillWanted(steps)]));
}

async function openCheckIns(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  requests: readonly Request[],
  people: People,
): Promise<void> {
  if (requests.length === 0) return;
  const ids = requests.map(({ id }) => id);
  const tracks = await mapTracks(writing, coalition.id, ids);
  const last = await mapLast(writing.tx, coalition.id, ids);
  const points = new Map<PartnerId, Text[]>();
  for (const request of requests) {
    const { measure, partner } = request;
    const worth = points.get(partner.id) ?? (await talkingPoints(tools, coalition, partner.id, coalition));
    points.set(partner.id, worth);
    await tools.staffTasks.open(writing, {
      coalitionId: coalition.id,
      kind: checkInTask,
      subject: request.id,
      text: checkInWords(coalition, {
        request,
        people: people.of(measure.id, partner.id),
        track: tracks.get(request.id) ?? { asked: 0, given: 0, onTime: 0 },
        last: last.get(request.id)?.figure ?? null,
        points: worth.slice(0, mostPoints),
      }),
    });
  }
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
  const task = { coalitionId: coalition.id, kind: checkInTask, subjects: requests };
  await tools.staffTasks.close(writing, task);
  const members = await listRemindedMembers(writing.tx, coalition.id, { requests });
  await renewCards(writing, tools, coalition, members);
}

/** What waits for these people is drawn anew, without what has been settled since. */
export async function renewCards(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  members: readonly MemberId[],
) {
  const found = await listMembersById(writing.tx, coalition.id, members);
  const nothingNew = found.map((member) => ({ member, asked: [] }));
  await tellEach(writing, tools, coalition, nothingNew);
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
    kind: openKind,
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
  if (member) await tellEach(writing, tools, coalition, [{ member, asked: [], insteadOf: people.from }]);
}

export const remindingJobs = [remind];
