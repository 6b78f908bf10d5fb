import { buttons, note, type Part, paragraph } from '../../../core/card.ts';
import type { Feature } from '../../../core/command.ts';
import { stopReminding } from '../reminding/jobs.ts';
import { mapPeople } from '../reminding/store.ts';
import { passReminders } from '../reminding/telling/jobs.ts';
import { replanRequests, replanTimers } from '../replanning/jobs.ts';
import { allPress } from '../requests/cards.ts';
import { isWanted } from '../requests/rules.ts';
import { listUnanswered } from '../requests/store.ts';
import { closeAsks } from '../submitting/jobs.ts';
import { say } from '../words.ts';
import {
  countGiven,
  countNamed,
  dropContacts,
  endPartner,
  forgetMember,
  listStored,
  moveContacts,
  moveMember,
} from './store.ts';

/** What this feature adds to everybody's pages and to coming and going. */
export const peopleAdds: Feature['adds'] = {
  commitments: [
    {
      name: 'data',
      measure: ({ coalition, partnerId, since, tools }) =>
        countGiven(tools.database, coalition.id, partnerId, { since, now: tools.clock.now() }),
    },
  ],

  async myPlace({ coalition, member, tools, reader }): Promise<readonly Part[]> {
    const { partner } = member;
    if (!partner) return [];
    const now = tools.clock.now();
    const unanswered = await listUnanswered(tools.database, coalition.id, partner.id);
    const people = await mapPeople(tools.database, coalition.id, [partner.id]);
    const own = unanswered.filter(
      (request) => isWanted(request, now) && people.of(request.measure.id, partner.id)[0]?.id === member.id,
    );
    if (own.length === 0) return [];
    return [
      paragraph(say(reader, 'place.due', { count: own.length })),
      buttons({ id: allPress.encode({ page: 0 }), label: say.plain(reader, 'place.see') }),
    ];
  },

  stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),

  async departed({ coalition, member, writing, tools, reader, handOver }): Promise<readonly Part[]> {
    // Whoever takes over is asked for the same; until then whoever speaks for the partner is.
    const named = handOver ? 0 : await dropContacts(writing, coalition.id, member.id);
    const card = { coalitionId: coalition.id, from: 'measures', subjectPrefix: 'remind:' };
    await tools.outreach.takeBack(writing, { ...card, members: [member.id] });
    const partner = member.partner?.name ?? '';
    return named === 0 ? [] : [paragraph(say(reader, 'departed.named', { count: named, partner }))];
  },

  async held({ coalition, member, tools, reader }) {
    const count = await countNamed(tools.database, coalition.id, member.id);
    return count > 0 ? [say(reader, 'held', { count })] : [];
  },

  async handedOver({ coalition, partnerId, from, to, elsewhere, writing, tools }) {
    await moveContacts(writing, coalition.id, { partnerId, from, to });
    await replanRequests(writing, tools, coalition, [partnerId]);
    if (!elsewhere) await passReminders(writing, tools, coalition, { from, to });
  },

  async replanOf({ coalition, member, writing, tools }) {
    if (member.partner) await replanRequests(writing, tools, coalition, [member.partner.id]);
  },

  async replan({ before, coalition, reader, writing, tools }) {
    if (before.timeZone === coalition.timeZone) return [];
    await replanTimers(writing, tools, { before, coalition });
    const count = await replanRequests(writing, tools, coalition);
    return count > 0 ? [note(say(reader, 'replanned', { count, zone: coalition.timeZone }))] : [];
  },

  merged: ({ coalitionId, from, into, writing }) => moveMember(writing, coalitionId, from, into),
  forget: ({ coalitionId, memberId, writing }) => forgetMember(writing, coalitionId, memberId),

  async partnerEnded({ coalition, partnerId, writing, tools }) {
    const settled = await endPartner(writing, coalition.id, partnerId);
    await stopReminding(writing, tools, coalition, settled);
    await closeAsks(writing, tools, coalition, settled, null);
  },
};
