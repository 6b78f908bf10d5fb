import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, optional } from '../../../core/field.ts';
import { findSchedule } from '../issue/store.ts';
import { listCandidates } from '../spotlight/candidates/store.ts';
import { spotlightOrder } from '../spotlight/rules.ts';
import { listPastTurns } from '../spotlight/store.ts';
import { equityCard } from './cards.ts';
import { groupings, sharesBy } from './rules.ts';
import { listShares } from './store.ts';

const days = 365;
const named = 3;

/** Who takes part in what, and what the rotations do about it. */
export const equity = defineCommand({
  name: 'digest equity',
  answers: 'privately',
  by: 'backbone',
  options: { by: optional(choice(groupings, 'grouping')) },
  async run({ options: { by = 'sector' }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const { database } = tools;
    const since = new Date(now.getTime() - days * 86_400_000);
    const shares = await listShares(database, coalition.id, since);
    const whenSilent = (await findSchedule(database, coalition.id))?.whenSilent ?? 'card';
    const { candidates } = await listCandidates(database, coalition.id, whenSilent, now);
    const past = await listPastTurns(database, coalition.id);
    const order = spotlightOrder(candidates, past, new Set(), named);
    const nameOf = new Map(candidates.map(({ partnerId, name }) => [partnerId, name]));
    const never = shares.filter(({ introduced }) => introduced === 0).map(({ name }) => name);
    return shown(
      equityCard(reader, {
        by,
        days,
        groups: sharesBy(shares, by),
        next: order.flatMap(({ candidate }) => nameOf.get(candidate.partnerId) ?? []),
        neverIntroduced: never.slice(0, named),
        never: never.length,
      }),
    );
  },
});
