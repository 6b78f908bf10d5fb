import type { TimedJob } from '../../../core/command.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { isWorkingDay } from '../../../time/contact-hours.ts';
import { addDays, atWallClock, localDate } from '../../../time/wall-clock.ts';
import { setIntroduce } from '../groups/jobs.ts';
import type { Origin } from '../groups/rules.ts';
import { openGroup, readHistory } from '../groups/store.ts';
import { pairKey } from '../matching/history/rules.ts';
import { absenceOf, chooseBuddy, representatives } from '../people/rules.ts';
import { listCandidates } from '../people/store.ts';
import type { Programme } from '../programme/rules.ts';
import { findProgramme } from '../programme/store.ts';
import { listRules } from '../restrictions/store.ts';
import { programmeSubject } from '../rounds/rules.ts';
import { relevantFor, welcomeKind, welcomes } from './rules.ts';
import { countBuddies, listNewPartners, recordWelcome } from './store.ts';

const lookAt = '10:30';

/** Plans the next daily look. Every working day has one, so nobody new waits more than two. */
export async function setWelcomes(tools: Tools, writing: Writing, coalition: Coalition): Promise<void> {
  const tomorrow = addDays(localDate(writing.now, coalition.timeZone), 1);
  await tools.timers.set(writing, {
    coalitionId: coalition.id,
    kind: welcomeKind,
    subject: programmeSubject,
    occurrence: tomorrow,
    dueAt: atWallClock(tomorrow, lookAt, coalition.timeZone),
  });
}

export const welcomeJob: TimedJob = {
  kind: welcomeKind,
  async run({ writing, coalition, tools }) {
    const programme = await findProgramme(writing.tx, coalition.id);
    if (!programme) return;
    await setWelcomes(tools, writing, coalition);
    if (!isWorkingDay(localDate(writing.now, coalition.timeZone), coalition)) return;
    for (const partnerId of await listNewPartners(writing.tx, coalition.id, programme.startedAt)) {
      await welcome(tools, writing, coalition, programme, partnerId);
    }
  },
};

/** Introduces a new partner, once, to those who fit it best and to a buddy who agreed to be one. */
async function welcome(
  tools: Tools,
  writing: Writing,
  coalition: Coalition,
  programme: Programme,
  partnerId: PartnerId,
): Promise<void> {
  const { tx, now } = writing;
  const present = (await listCandidates(tx, coalition.id, null)).filter(
    (one) => absenceOf(one, null, now) === null,
  );
  const chosen = representatives(present);
  const newcomer = chosen.get(partnerId);
  // Nobody of theirs can be introduced yet: the next look tries again.
  if (!newcomer || chosen.size < 2) return;
  if (!(await recordWelcome(writing, coalition.id, partnerId))) return;

  const rules = (await listRules(tx, coalition.id)).filter(({ kind }) => kind === 'must-not');
  const barred = new Set(rules.map(({ oneId, otherId }) => pairKey(oneId, otherId)));
  const history = await readHistory(tx, coalition.id);
  const of = { history, barred, weights: programme.weights, at: now };
  const willing = relevantFor(
    newcomer,
    present.filter((one) => one.choice.buddy),
    of,
  );
  const buddy = chooseBuddy(willing, await countBuddies(tx, coalition.id), partnerId);
  const taking = [...chosen.values()].filter(
    (one) => absenceOf(one, programme, now) === null && one.partner.id !== buddy?.partner.id,
  );
  const meets = relevantFor(newcomer, taking, of).slice(0, welcomes);
  const all = [
    ...(buddy ? [['buddy', buddy] as const] : []),
    ...meets.map((one) => ['newcomer', one] as const),
  ];
  for (const [origin, other] of all satisfies (readonly [Origin, unknown])[]) {
    const id = await openGroup(writing, coalition.id, {
      key: `${origin}:${partnerId}:${other.partner.id}`,
      origin,
      roundId: null,
      state: 'waiting',
      people: [newcomer, other].map((one) => ({ memberId: one.memberId, partnerId: one.partner.id })),
    });
    if (id) await setIntroduce(tools, writing, coalition, id);
  }
}
