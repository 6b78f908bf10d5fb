import type { TimedJob } from '../../../core/command.ts';
import { type MemberId, newId, type PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { localDate } from '../../../time/wall-clock.ts';
import type { MeasureId } from '../definition/rules.ts';
import { openKind } from '../periods/rules.ts';
import { isOpening } from '../periods/store.ts';
import { isWanted, nextStepAt, type RequestId, type Stepped, stateOf, stepNow } from '../requests/rules.ts';
import { mapLast, type Request } from '../requests/store.ts';
import { checkInWords, type Reminded } from './cards.ts';
import {
  findNextStep,
  listRemindedMembers,
  lockDue,
  lockReminding,
  mapPeople,
  mapTracks,
  type People,
  recordNext,
  recordSteps,
  type StepTaken,
} from './store.ts';
import { renewCards, tellEach } from './telling/jobs.ts';

const remindKind = 'measures.remind';
const checkInTask = 'data-check-in';
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

export const remindingJobs = [remind];
