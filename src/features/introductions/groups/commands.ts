import { refused, shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { text } from '../../../core/field.ts';
import { memberField } from '../../../identity/fields.ts';
import { localDate } from '../../../time/wall-clock.ts';
import { pairKey } from '../matching/history/rules.ts';
import { absenceOf } from '../people/rules.ts';
import { listCandidates } from '../people/store.ts';
import { listRules } from '../restrictions/store.ts';
import { say } from '../words.ts';
import { sayPeople } from './cards.ts';
import { setIntroduce } from './jobs.ts';
import { listPeople, openGroup } from './store.ts';

const reasonLength = 300;

/** Two people whom staff bring together now. Rules, wishes and absences hold for this too. */
export const one = defineCommand({
  name: 'intros one',
  answers: 'privately',
  by: 'backbone',
  options: { one: memberField(), other: memberField(), reason: text({ max: reasonLength }) },
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const { database } = tools;
    for (const member of [options.one, options.other]) {
      if (!member.partner)
        return refused('introductions.no-partner', say(reader, 'one.no-partner', { name: member.name }));
    }
    const candidates = await listCandidates(database, coalition.id, null, [options.one.id, options.other.id]);
    const [a, b] = candidates;
    if (!a || !b || a.partner.id === b.partner.id)
      return refused(
        'introductions.same-partner',
        say(reader, 'one.same', { name: options.one.partner?.name ?? '' }),
      );
    for (const each of [a, b]) {
      const absence = absenceOf(each, null, now);
      if (absence) {
        const why = say.plain(reader, `absence.${absence}`);
        const { name, partner } = each;
        return refused(
          'introductions.absent',
          say(reader, 'one.absent', { name, why, partner: partner.name }),
        );
      }
    }
    const rules = await listRules(database, coalition.id);
    const pair = pairKey(a.partner.id, b.partner.id);
    const isBarred =
      rules.some(({ kind, oneId, otherId }) => kind === 'must-not' && pairKey(oneId, otherId) === pair) ||
      a.avoids.includes(b.partner.id) ||
      b.avoids.includes(a.partner.id);
    if (isBarred) return refused('introductions.barred', say(reader, 'one.barred'));

    const people = [a, b].map(({ memberId, partner }) => ({ memberId, partnerId: partner.id }));
    const made = await tools.write(async (writing) => {
      const key = `staff:${pairKey(a.memberId, b.memberId)}:${localDate(now, coalition.timeZone)}`;
      const group = {
        key,
        origin: 'staff',
        roundId: null,
        state: 'waiting',
        people,
        reason: options.reason,
      } as const;
      const id = await openGroup(writing, coalition.id, group);
      if (id) await setIntroduce(tools, writing, coalition, id);
      return id;
    });
    if (!made) return refused('introductions.already', say(reader, 'one.already'));
    const found = await listPeople(database, coalition.id, [a.memberId, b.memberId]);
    return shown(
      card(paragraph(say(reader, 'one.done', { people: sayPeople(reader, [...found.values()]) }))),
    );
  },
});
