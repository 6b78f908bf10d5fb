import { card, heading, paragraph } from '../../../core/card.ts';
import type { TimedJob } from '../../../core/command.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { findMember } from '../../../identity/store.ts';
import { addDays, atWallClock, localDate } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { toldAll } from './rules.ts';
import { changeBox, findBox } from './store.ts';

const tellKind = 'check-ins.box';
const morning = '09:00';

/** Whoever was chosen hears the next morning: the moment says nothing about when it was raised. */
export async function planTelling(writing: Writing, tools: Tools, coalition: Coalition): Promise<void> {
  const date = addDays(localDate(writing.now, coalition.timeZone), 1);
  const timer = { coalitionId: coalition.id, kind: tellKind, subject: coalition.id, occurrence: date };
  await tools.timers.set(writing, { ...timer, dueAt: atWallClock(date, morning, coalition.timeZone) });
}

const telling: TimedJob = {
  kind: tellKind,
  async run({ writing, coalition, occurrence, tools }) {
    const box = await findBox(writing.tx, coalition.id);
    const chosen = new Set(
      Object.values(box)
        .filter(({ untold }) => untold)
        .map(({ to }) => to),
    );
    for (const id of chosen) {
      const reader = await findMember(writing.tx, coalition.id, id);
      if (!reader) continue;
      await tools.outreach.reach(writing, {
        coalition,
        member: id,
        kind: 'neutral',
        from: 'check-ins',
        subject: `box:${occurrence}`,
        matters: 'much',
        why: say(coalition, 'why.concern'),
        card: card(
          heading(say.plain(reader, 'concern.title')),
          paragraph(say(reader, 'box.told', { concerns: code('/checkin concerns') })),
        ),
      });
    }
    await changeBox(writing, coalition.id, toldAll);
  },
};

export const concernJobs = [telling];
