import { refused } from '../../../../core/answer.ts';
import { defineForm } from '../../../../core/command.ts';
import { text } from '../../../../core/field.ts';
import { listGroups } from '../../groups/store.ts';
import { folded } from '../../matching/fit/rules.ts';
import { pairKey } from '../../matching/history/rules.ts';
import { avoidedPairs } from '../../people/rules.ts';
import { listCandidates } from '../../people/store.ts';
import { listRules } from '../../restrictions/store.ts';
import { say } from '../../words.ts';
import { exchangeFormPress } from '../cards.ts';
import { lockRound, recordExchange } from '../store.ts';
import { showPreview } from './commands.ts';
import { exchanged, seatOf } from './rules.ts';

const partner = () => text({ max: 120 });

/** Two partners change places. What no draw would do, staff cannot do by hand either: rules and wishes hold. */
export const exchangeForm = defineForm({
  press: exchangeFormPress,
  answers: 'privately',
  by: 'backbone',
  fields: { one: partner(), other: partner() },
  async submit({ payload, values, asked, tools }) {
    const { coalition, reader } = asked;
    const refusal = await tools.write(async (writing) => {
      const { tx } = writing;
      const round = await lockRound(writing, coalition.id, payload.round);
      if (round?.state !== 'proposed') return refused('introductions.round-gone', say(reader, 'round.gone'));
      const groups = await listGroups(tx, coalition.id, { roundId: round.id, states: ['proposed'] });
      const one = seatOf(groups, folded(values.one));
      const other = seatOf(groups, folded(values.other));
      if (!one || !other) {
        const name = one ? values.other : values.one;
        return refused('introductions.exchange-unknown', say(reader, 'exchange.unknown', { name }));
      }
      if (one.group === other.group) {
        return refused('introductions.exchange-same', say(reader, 'exchange.same'));
      }
      const rules = (await listRules(tx, coalition.id)).filter(({ kind }) => kind === 'must-not');
      const candidates = await listCandidates(tx, coalition.id, round.date);
      const going = new Set(groups.flatMap(({ seats }) => seats.map(({ memberId }) => memberId)));
      const barred = new Set([
        ...rules.map(({ oneId, otherId }) => pairKey(oneId, otherId)),
        ...avoidedPairs(candidates.filter(({ memberId }) => going.has(memberId))).map(([a, b]) =>
          pairKey(a, b),
        ),
      ]);
      if (exchanged(one, other).some((pair) => barred.has(pair))) {
        return refused('introductions.exchange-barred', say(reader, 'exchange.barred'));
      }
      const moving = ({ group, seat }: typeof one) => ({
        groupId: group.id,
        memberId: seat.memberId,
        partnerId: seat.partner.id,
      });
      await recordExchange(writing, coalition.id, moving(one), moving(other));
      return null;
    });
    return refusal ?? showPreview(tools, coalition, reader, asked.now, 0);
  },
});
