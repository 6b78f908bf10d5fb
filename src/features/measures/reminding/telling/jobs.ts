import { type CoalitionId, type MemberId, newId } from '../../../../core/ids.ts';
import type { Tools, Writing } from '../../../../core/ports.ts';
import type { Coalition, Member } from '../../../../core/who.ts';
import { findMember, listMembersById } from '../../../../identity/store.ts';
import { isWanted, type RequestId } from '../../requests/rules.ts';
import { listRequests, mapLast } from '../../requests/store.ts';
import { say } from '../../words.ts';
import { type Reminded, reminderCard } from '../cards.ts';
import {
  listBeingAsked,
  mapPeople,
  mapReminded,
  type People,
  type ReminderStep,
  recordReminders,
} from '../store.ts';

const from = 'measures';
const subjectPrefix = 'remind:';

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
