import { buttons, card, heading, paragraph } from '../../../core/card.ts';
import type { Upkeep } from '../../../core/command.ts';
import type { CoalitionId } from '../../../core/ids.ts';
import type { Tools, Writing } from '../../../core/ports.ts';
import { code } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { findMember, getCoalition } from '../../../identity/store.ts';
import { type LocalDate, localDate, localTime } from '../../../time/wall-clock.ts';
import { say } from '../words.ts';
import { readPress } from './cards.ts';
import { listBoxes, listOpenTo, takeUntold } from './store.ts';

const morning = '09:00';

/** The date, once it is morning there; before that the day has not come for this. */
function morningOf(now: Date, timeZone: string): LocalDate | null {
  return localTime(now, timeZone) >= morning ? localDate(now, timeZone) : null;
}

/**
 * Whoever was chosen hears in the morning of all that came in since the one before. No timer says so: it would be
 * written with the concern, and its row would tell when that was.
 */
export const telling: Upkeep = {
  kind: 'check-ins.box',

  async listDue({ database, clock }) {
    const due = (await listBoxes(database)).filter(({ timeZone, toldOn }) => {
      const today = morningOf(clock.now(), timeZone);
      return today !== null && (toldOn === null || toldOn < today);
    });
    return due.map(({ coalitionId }) => coalitionId);
  },

  run: (id, { tools }) =>
    tools.write(async (writing) => {
      const coalition = await getCoalition(writing.tx, id as CoalitionId);
      const today = morningOf(writing.now, coalition.timeZone);
      if (today === null) return;
      for (const member of await takeUntold(writing, coalition.id, today)) {
        const reader = await findMember(writing.tx, coalition.id, member);
        if (!reader) continue;
        await tools.outreach.reach(writing, {
          coalition,
          member,
          kind: 'neutral',
          confidential: true,
          from: 'check-ins',
          subject: `box:${today}`,
          matters: 'much',
          why: say(coalition, 'why.concern'),
          card: card(
            heading(say.plain(reader, 'concern.title')),
            paragraph(say(reader, 'box.told', { concerns: code('/checkin concerns') })),
          ),
        });
      }
    }),
};

/**
 * Somebody leaves: whoever raised something to them with a name hears that nobody reads it any more. Whoever did so
 * without one reads it beside their code.
 */
export async function tellRaisers(
  writing: Writing,
  tools: Tools,
  coalition: Coalition,
  leaver: Member,
): Promise<void> {
  for (const concern of await listOpenTo(writing.tx, coalition.id, leaver.id)) {
    const raiser = concern.fromId && (await findMember(writing.tx, coalition.id, concern.fromId));
    if (!raiser) continue;
    await tools.outreach.reach(writing, {
      coalition,
      member: raiser.id,
      kind: 'neutral',
      confidential: true,
      from: 'check-ins',
      subject: `concern:${concern.id}:${concern.entries.length}:left`,
      matters: 'much',
      why: say(coalition, 'why.left'),
      card: card(
        heading(say.plain(raiser, 'concern.title')),
        paragraph(say(raiser, 'concern.left', { other: leaver.name, concern: code('/checkin concern') })),
        buttons({
          id: readPress.encode({ concern: concern.id }),
          label: say.plain(raiser, 'concern.read'),
        }),
      ),
    });
  }
}
