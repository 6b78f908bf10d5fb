import { shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { listCandidates } from '../people/store.ts';
import { listPartnerNames } from '../restrictions/store.ts';
import { historyCard, type RoundCount } from './cards.ts';
import { countAnswers, countPairs, listEdges, listRounds, type Round } from './store.ts';

const roundsShown = 8;
const edgesShown = 6;

export const history = defineCommand({
  name: 'intros history',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const { database } = tools;
    const rounds = await listRounds(database, coalition.id, roundsShown);
    const seats = await countAnswers(
      database,
      coalition.id,
      rounds.map(({ id }) => id),
    );
    const edges = await listEdges(database, coalition.id, edgesShown);
    const names = await listPartnerNames(
      database,
      coalition.id,
      edges.flatMap(({ oneId, otherId }) => [oneId, otherId]),
    );
    const candidates = await listCandidates(database, coalition.id, null);
    return shown(
      historyCard(reader, {
        rounds: rounds.map((round) => countRound(round, seats)),
        pairs: await countPairs(database, coalition.id),
        edges: edges.map(({ oneId, otherId, outcome }) => ({
          one: names.get(oneId) ?? '',
          other: names.get(otherId) ?? '',
          outcome: outcome ?? 'nothing',
        })),
        rested: candidates.filter((one) => one.choice.restedAt !== null),
      }),
    );
  },
});

/** An introduction counts as met when anybody in it said so, as silent when nobody said anything. */
function countRound(round: Round, seats: Awaited<ReturnType<typeof countAnswers>>): RoundCount {
  const groups = new Map<string, typeof seats>();
  for (const seat of seats.filter(({ roundId }) => roundId === round.id)) {
    groups.set(seat.groupId, [...(groups.get(seat.groupId) ?? []), seat]);
  }
  const all = [...groups.values()];
  const said = (answer: string) => all.filter((group) => group.some((seat) => seat.answer === answer)).length;
  const met = (group: typeof seats) => group.some((seat) => seat.answer === 'met');
  return {
    date: round.date,
    sent: all.length,
    met: said('met'),
    planned: all.filter((group) => !met(group) && group.some((seat) => seat.answer === 'planned')).length,
    out: said('out'),
    silent: all.filter((group) => group.every((seat) => seat.answer === null && seat.outcome === null))
      .length,
  };
}
