import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, note, type Part, paragraph } from '../../../core/card.ts';
import { defineButton, type Feature } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, getCoalition } from '../../../identity/store.ts';
import { whoIs } from '../joining/forms.ts';
import { findPerson } from '../joining/store.ts';
import { say } from '../words.ts';
import {
  forgetCard,
  forgetConfirmPress,
  forgetPress,
  forgottenCard,
  leaveCard,
  leaveConfirmPress,
  leavePress,
  leftCard,
} from './cards.ts';
import { removeName } from './naming/store.ts';
import {
  forgetMember,
  isLastStaff,
  listMergedInto,
  lockStaff,
  recordHandOver,
  recordLeaving,
} from './store.ts';

type Departure = { readonly ok: true; readonly parts: readonly Part[] } | { readonly ok: false };

/** Everything that leaving does, in every feature, in one transaction. */
async function depart(
  writing: Writing,
  scope: { coalition: Coalition; member: Member; reader: Reader; tools: Tools },
): Promise<Departure> {
  const { coalition, tools } = scope;
  await lockStaff(writing.tx, coalition.id);
  // What they are may have changed since they asked, and they may be gone already.
  const member = await findMember(writing.tx, coalition.id, scope.member.id);
  if (!member) return { ok: true, parts: [] };
  if (await isLastStaff(writing.tx, coalition.id, member.id)) return { ok: false };
  const parts: Part[] = [];
  let handOver = false;
  for (const { adds } of tools.features()) {
    const asked = await adds.asksSuccessor?.({ ...scope, member, writing });
    handOver ||= Boolean(asked);
    parts.push(...(asked ?? []));
  }
  for (const { adds } of tools.features())
    parts.push(...((await adds.departed?.({ ...scope, member, writing, handOver })) ?? []));
  await recordLeaving(writing, coalition.id, member.id);
  return { ok: true, parts };
}

/** Thrown to take back what was only tried out. */
class Rehearsed extends Error {
  readonly departure: Departure;
  constructor(departure: Departure) {
    super('rehearsed');
    this.departure = departure;
  }
}

/** What leaving would do, found by doing it and taking it back: so the warning and the deed cannot differ. */
async function rehearseDeparture(
  scope: { coalition: Coalition; member: Member; reader: Reader },
  tools: Tools,
): Promise<Departure> {
  try {
    return await tools.write(async (writing): Promise<Departure> => {
      throw new Rehearsed(await depart(writing, { ...scope, tools }));
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.departure;
    throw error;
  }
}

export async function askToLeave(asked: AskedBy<'member'>, tools: Tools): Promise<Answer> {
  const departure = await rehearseDeparture(asked, tools);
  if (!departure.ok) return refuseLastStaff(asked.reader);
  return shown(leaveCard(asked.coalition.name, departure.parts, asked.reader));
}

export const leaveButton = defineButton({
  press: leavePress,
  answers: 'by-updating',
  by: 'member',
  run: ({ asked, tools }) => askToLeave(asked, tools),
});

export const leaveConfirm = defineButton({
  press: leaveConfirmPress,
  answers: 'by-updating',
  by: 'member',
  async run({ asked, tools }) {
    const departure = await tools.write((writing) => depart(writing, { ...asked, tools }));
    if (!departure.ok) return refuseLastStaff(asked.reader);
    return shown(leftCard(asked.coalition.name, departure.parts, asked.reader));
  },
});

/** Also for somebody who left before: what is stored about them is theirs to remove. */
export const forget = defineButton({
  press: forgetPress,
  answers: 'by-updating',
  by: 'visitor',
  async run({ asked, tools }) {
    const person = await findPerson(tools.database, whoIs(asked));
    if (!person) return refused('directory.nothing-stored', say(asked.reader, 'forget.nothing'));
    if (person.leftAt) return shown(forgetCard(true, [], asked.reader));
    const departure = await rehearseDeparture({ ...asked, member: person.member }, tools);
    if (!departure.ok) return refuseLastStaff(asked.reader);
    return shown(forgetCard(false, departure.parts, asked.reader));
  },
});

export const forgetConfirm = defineButton({
  press: forgetConfirmPress,
  answers: 'by-updating',
  by: 'visitor',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const forgotten = await tools.write(async (writing) => {
      const person = await findPerson(writing.tx, whoIs(asked));
      if (!person) return 'forgotten';
      const { member } = person;
      if (!person.leftAt) {
        const departure = await depart(writing, { coalition, member, reader, tools });
        if (!departure.ok) return 'last-staff';
      }
      // Members who turned out to be this person still name them.
      const merged = await listMergedInto(writing.tx, coalition.id, member.id);
      for (const memberId of [member.id, ...merged]) {
        const scope = { coalitionId: coalition.id, memberId, writing };
        for (const { adds } of tools.features()) await adds.forget?.(scope);
      }
      return 'forgotten';
    });
    if (forgotten === 'last-staff') return refuseLastStaff(reader);
    return shown(forgottenCard(coalition.name, reader));
  },
});

function refuseLastStaff(reader: Reader): Answer {
  const settings = code('/coalition settings');
  return refused('directory.last-staff', say(reader, 'leave.last-staff', { settings }));
}

/** The directory's own part of a departure: who speaks for the partner now, unless its people are asked. */
export const handOverPartner: NonNullable<Feature['adds']['departed']> = async (scope) => {
  const { writing, coalition, member, reader, tools, handOver } = scope;
  const { partner, standing } = member;
  if (handOver || !partner || standing === 'member' || standing === 'guest') return [];
  const name = partner.name;
  const outcome = await recordHandOver(writing, coalition.id, partner.id, member.id);
  switch (outcome.handOver) {
    case 'not-needed':
      return [paragraph(say(reader, 'leave.still-voiced', { name }))];
    case 'to': {
      const { successor } = outcome;
      await tools.outreach.reach(writing, {
        coalition,
        member: successor.id,
        kind: 'neutral',
        from: 'directory',
        subject: `hand-over:${partner.id}:${member.id}`,
        why: say(coalition, 'why.successor'),
        card: card(
          paragraph(say(coalition, 'leave.told', { name })),
          note(say(coalition, 'leave.told-next', { me: code('/coalition me') })),
        ),
      });
      return [paragraph(say(reader, 'leave.handed-over', { person: successor.name, name }))];
    }
    case 'nobody': {
      const text = say(coalition, 'leave.task', { name, list: code('/partners show') });
      await tools.staffTasks.open(writing, {
        coalitionId: coalition.id,
        kind: 'partner-without-voice',
        subject: partner.id,
        text,
      });
      return [paragraph(say(reader, 'leave.nobody', { name }))];
    }
    default:
      return outcome satisfies never;
  }
};

export const forgetOwn: NonNullable<Feature['adds']['forget']> = async (scope) => {
  const { writing, coalitionId, memberId } = scope;
  const coalition = await getCoalition(writing.tx, coalitionId);
  const instead = say.plain(coalition, 'forget.name');
  await removeName(writing, coalitionId, memberId, instead);
  await forgetMember(writing, coalition, memberId, instead);
};
