import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Text } from '../../../core/text.ts';
import { instant } from '../../../core/text.ts';
import { findOpenTurn } from '../spotlight/store.ts';
import { say } from '../words.ts';
import {
  type Droppable,
  dropCard,
  dropPress,
  heldCard,
  holdPress,
  previewCard,
  previewPress,
  restorePress,
  resumePress,
} from './cards.ts';
import { goOut } from './jobs.ts';
import { type Contents, compose, gather, wholeSection } from './sections.ts';
import {
  findSchedule,
  type IssueId,
  listDigestPlaces,
  lockSchedule,
  recordDrop,
  recordHeld,
  removeDrop,
} from './store.ts';

type Asking = AskedBy<'backbone'>;

export const noSchedule = (asked: Asking): Answer =>
  refused('digests.no-schedule', say(asked.reader, 'status.none'));

/** What would go out at this moment, drawn by what would send it. */
export async function showPreview(asked: Asking, tools: Tools): Promise<Answer> {
  const { coalition, reader, now } = asked;
  const { database } = tools;
  const schedule = await findSchedule(database, coalition.id);
  if (!schedule) return noSchedule(asked);
  const places = await listDigestPlaces(database, coalition.id);
  const composed = await compose(coalition, schedule, now, tools);
  const turn = await findOpenTurn(database, coalition.id);
  const remarks: Text[] = [];
  if (turn) {
    const deadline = instant(turn.answerBy, coalition.timeZone);
    remarks.push(say(reader, `order.now-${turn.state as 'asked'}`, { partner: turn.partnerName, deadline }));
  } else remarks.push(say(reader, 'order.now-nobody'));
  const { drops } = composed.contents;
  if (drops.length > 0) remarks.push(say(reader, 'drop.dropped', { count: drops.length }));
  return shown(previewCard({ schedule, coalition, places }, composed.card, remarks, reader));
}

/** Holds the next issue or lets it go; one whose time has passed goes out at once. */
export async function holdOrResume(
  asked: Asking,
  tools: Tools,
  held: boolean,
  issueId: IssueId | null,
): Promise<Answer> {
  const { coalition, reader } = asked;
  const result = await tools.write(async (writing) => {
    const schedule = await lockSchedule(writing, coalition.id);
    if (!schedule) return 'none';
    if (issueId !== null && schedule.issue.id !== issueId) return 'over';
    const changed = await recordHeld(writing, coalition.id, schedule.issue.id, held);
    const isDue = schedule.issue.dueAt <= writing.now && !schedule.stopped;
    if (!held && changed && isDue) return goOut(writing, coalition, schedule, tools);
    return 'recorded';
  });
  if (result === 'none') return noSchedule(asked);
  if (result === 'over') return refused('digests.issue-over', say(reader, 'hold.over'));
  if (result !== 'recorded') return shown(card(paragraph(say(reader, `resumed.${result}`))));
  const schedule = await findSchedule(tools.database, coalition.id);
  if (!schedule) return noSchedule(asked);
  const places = await listDigestPlaces(tools.database, coalition.id);
  return shown(heldCard({ schedule, coalition, places }, reader));
}

/** Everything staff can drop, most telling first: items one by one, then whole sections. */
export function listDroppable({ sections }: Contents, asked: Pick<Asking, 'reader'>): Droppable[] {
  const filled = sections.filter(({ items }) => items.length > 0);
  const whole = filled
    .filter(({ items }) => items.length > 1)
    .map(({ name, title }) => ({
      value: `${name}|${wholeSection}`,
      label: say.plain(asked.reader, 'drop.whole', { title }),
    }));
  const single = filled.flatMap(({ name, title, items }) =>
    items.map(({ key, label }) => ({ value: `${name}|${key}`, label: `${title}: ${label}` })),
  );
  return [...whole, ...single];
}

/** Drops one item, named by what the list gave for it; without one, shows the list. */
export async function showDrops(
  asked: Asking,
  tools: Tools,
  what: { drop?: string | undefined; issue?: IssueId; notice?: Text } = {},
): Promise<Answer> {
  const { coalition, member, reader, now } = asked;
  const schedule = await findSchedule(tools.database, coalition.id);
  if (!schedule) return noSchedule(asked);
  if (what.issue && what.issue !== schedule.issue.id) {
    return refused('digests.issue-over', say(reader, 'hold.over'));
  }
  const before = await gather(coalition, schedule, now, tools);
  const droppable = listDroppable(before, asked);
  if (what.drop === undefined) {
    return shown(dropCard(schedule.issue, droppable, before.drops, what.notice ?? null, reader));
  }
  const wanted = what.drop;
  const again = before.drops.find(({ section, key }) => `${section}|${key}` === wanted);
  const item = droppable.find(({ value }) => value === wanted) ?? findByLabel(droppable, wanted);
  if (!item && !again) return refused('digests.no-item', say(reader, 'drop.unknown', { got: wanted }));
  if (item) {
    const [section = '', key = ''] = splitOnce(item.value);
    const dropped = { section, key, label: item.label, memberId: member.id };
    const inTime = await tools.write(async (writing) => {
      const current = await lockSchedule(writing, coalition.id);
      if (current?.issue.id !== schedule.issue.id) return false;
      await recordDrop(writing, coalition.id, schedule.issue.id, dropped);
      return true;
    });
    if (!inTime) return refused('digests.issue-over', say(reader, 'hold.over'));
  }
  const notice = say(reader, 'drop.done', { label: item?.label ?? again?.label ?? wanted });
  return showDrops(asked, tools, { notice });
}

function findByLabel(items: readonly Droppable[], typed: string): Droppable | undefined {
  const found = items.filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()));
  return found.length === 1 ? found[0] : undefined;
}

function splitOnce(value: string): [string, string] {
  const at = value.indexOf('|');
  return [value.slice(0, at), value.slice(at + 1)];
}

const preview = defineButton({
  press: previewPress,
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showPreview(asked, tools),
});

const hold = defineButton({
  press: holdPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => holdOrResume(asked, tools, true, payload.issue),
});

const resume = defineButton({
  press: resumePress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, asked, tools }) => holdOrResume(asked, tools, false, payload.issue),
});

const drop = defineButton({
  press: dropPress,
  answers: 'by-updating',
  by: 'backbone',
  run: ({ payload, picked, asked, tools }) =>
    showDrops(asked, tools, { drop: picked[0], issue: payload.issue }),
});

const restore = defineButton({
  press: restorePress,
  answers: 'by-updating',
  by: 'backbone',
  async run({ payload, asked, tools }) {
    const { coalition, reader } = asked;
    await tools.write(async (writing) => {
      const schedule = await lockSchedule(writing, coalition.id);
      if (schedule) await removeDrop(writing, coalition.id, schedule.issue.id, payload.drop);
    });
    return showDrops(asked, tools, { notice: say(reader, 'drop.restored') });
  },
});

export const issueButtons = [preview, hold, resume, drop, restore];
