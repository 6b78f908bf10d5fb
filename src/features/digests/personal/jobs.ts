import { card, divider, heading, note, type Part, paragraph } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import type { Database } from '../../../database.ts';
import { findMember } from '../../../identity/store.ts';
import { say } from '../words.ts';
import { fitParts } from './rules.ts';
import { findSent, listWishes } from './store.ts';

const personalKind = 'digests.personal';
const batch = 50;

/** After an issue has gone out, whoever wants one of their own gets it. */
export async function planPersonal(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  of: { occurrence: string; after: string },
): Promise<void> {
  const occurrence = `${of.occurrence} ${of.after}`;
  const timer = { coalitionId: coalition.id, kind: personalKind, subject: coalition.id, occurrence };
  await tools.timers.set(writing, { ...timer, dueAt: writing.now });
}

const personalDue: TimedJob = {
  kind: personalKind,
  async run({ writing, coalition, occurrence: batchOf, tools }) {
    const [occurrence = '', after = ''] = batchOf.split(' ');
    const sent = await findSent(writing.tx, coalition.id, occurrence);
    const wishes = await listWishes(writing.tx, coalition.id, { after, most: batch });
    // Features read in this transaction: one connection is enough.
    const reading = { ...tools, database: writing.tx as Database };
    for (const id of wishes) {
      const member = await findMember(writing.tx, coalition.id, id);
      if (!member) continue;
      await tools.outreach.reach(writing, {
        coalition,
        member: id,
        kind: 'give',
        from: 'digests',
        subject: `personal:${occurrence}`,
        why: say(coalition, 'why.personal'),
        card: await personalCard(reading, coalition, member, sent?.parts ?? []),
      });
    }
    const last = wishes.at(-1);
    if (last && wishes.length === batch)
      await planPersonal(writing, tools, coalition, { occurrence, after: last });
  },
};

/** What is asked of them and what they hold, from every feature; then the digest that everybody got. */
async function personalCard(tools: Tools, coalition: Coalition, member: Member, issue: readonly Part[]) {
  const own: Part[] = [];
  for (const { adds } of tools.features()) {
    own.push(...((await adds.myPlace?.({ coalition, member, reader: member, tools })) ?? []));
  }
  const yours = own.length > 0 ? own : [paragraph(say(member, 'personal.nothing'))];
  const fitted = fitParts([...yours, divider, ...issue], member);
  return card(
    heading(say.plain(member, 'personal.title', { coalition: coalition.name })),
    ...fitted.parts,
    note(say(member, fitted.left ? 'personal.left' : 'personal.stop', { stop: code('/digest personal') })),
  );
}

export const personalJobs = [personalDue];
