import { type Answer, refused, shown } from '../../../../core/answer.ts';
import { defineCommand } from '../../../../core/command.ts';
import type { Tools } from '../../../../core/ports.ts';
import type { Reader } from '../../../../core/reader.ts';
import { code } from '../../../../core/text.ts';
import type { Coalition } from '../../../../core/who.ts';
import type { Group, GroupId } from '../../groups/rules.ts';
import { listGroups, listPeople, readHistory } from '../../groups/store.ts';
import { absenceOf } from '../../people/rules.ts';
import { listCandidates } from '../../people/store.ts';
import { firstDate, roundTimes } from '../../programme/rules.ts';
import { findProgramme } from '../../programme/store.ts';
import { say } from '../../words.ts';
import { type Preview, previewCard } from '../cards.ts';
import { readState } from '../jobs.ts';
import { propose } from '../rules.ts';
import { currentNumber, findOpenRound } from '../store.ts';

/** The proposal as it stands; before the draw, what it would be now, without writing anything. */
export async function showPreview(
  tools: Tools,
  coalition: Coalition,
  reader: Reader,
  now: Date,
  page: number,
): Promise<Answer> {
  const { database } = tools;
  const programme = await findProgramme(database, coalition.id);
  if (!programme) {
    return refused('introductions.none', say(reader, 'preview.none', { start: code('/intros start') }));
  }
  const open = await findOpenRound(database, coalition.id);
  const date = open?.date ?? firstDate(now, coalition, programme.previewHours);
  const sendAt = open?.sendAt ?? roundTimes(programme, date, coalition).sendAt;
  const drawn = open?.state === 'proposed' ? open : null;
  const groups = drawn
    ? await listGroups(database, coalition.id, { roundId: drawn.id, states: ['proposed'] })
    : await tryOut(tools, coalition, { date, sendAt, number: open?.number, draw: (open?.draw ?? 0) + 1 });
  const going = new Set(groups.flatMap(({ seats }) => seats.map(({ partner }) => partner.id)));
  const candidates = await listCandidates(database, coalition.id, date);
  const absent = candidates
    .filter((one) => !going.has(one.partner.id))
    .map((one) => ({ one, why: absenceOf(one, programme, sendAt) ?? ('left' as const) }));
  const history = await readHistory(database, coalition.id);
  const { timeZone } = coalition;
  const preview: Preview = { date, sendAt, timeZone, round: drawn, groups, history, absent, page };
  return shown(previewCard(reader, preview));
}

async function tryOut(
  tools: Tools,
  coalition: Coalition,
  of: { date: string; sendAt: Date; number: number | undefined; draw: number },
): Promise<Group[]> {
  const { database } = tools;
  const programme = await findProgramme(database, coalition.id);
  if (!programme) return [];
  const number = of.number ?? (await currentNumber(database, coalition.id)) + 1;
  const state = await readState({ tx: database }, coalition, programme, { ...of, number }, []);
  const proposal = propose(state);
  const ids = proposal.groups.flatMap(({ members }) => members.map(({ memberId }) => memberId));
  const people = await listPeople(database, coalition.id, ids);
  return proposal.groups.map(({ members, ruled }, index) => ({
    id: String(index) as GroupId,
    roundId: null,
    origin: 'round',
    state: 'proposed',
    locked: false,
    ruled,
    reason: '',
    seats: members.flatMap(({ memberId }) => {
      const person = people.get(memberId);
      return person ? [{ ...person, answer: null, outcome: null }] : [];
    }),
  }));
}

export const preview = defineCommand({
  name: 'intros preview',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    return showPreview(tools, asked.coalition, asked.reader, asked.now, 0);
  },
});
