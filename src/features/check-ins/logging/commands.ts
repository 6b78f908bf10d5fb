import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, note, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, optional, paragraph as paragraphField, text } from '../../../core/field.ts';
import type { PartnerId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { talkingPoints } from '../../../core/talking-points.ts';
import { code } from '../../../core/text.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, localDate } from '../../../time/wall-clock.ts';
import { findPartner, partnerField } from '../../directory/feature.ts';
import { listNames, recordCare } from '../care/store.ts';
import { say } from '../words.ts';
import { allWrittenCard, historyCard, ownHistoryCard } from './cards.ts';
import { planCheckIn, plannedTask, planPromise } from './jobs.ts';
import {
  findLastAsk,
  listHistory,
  listNotes,
  listPromises,
  listWritten,
  openPromise,
  recordCheckIn,
  recordNote,
} from './store.ts';

const kinds = ['call', 'visit', 'coffee'] as const;
const entriesShown = 6;
const promisesShown = 3;
const notesShown = 3;
/** What was promised without a date is due in so many days. */
const promiseDays = 14;

export const log = defineCommand({
  name: 'checkin log',
  answers: 'privately',
  by: 'backbone',
  options: {
    partner: partnerField(),
    kind: choice(kinds, 'kind'),
    line: text({ max: 300 }),
    promise: optional(text({ max: 200 })),
    due: optional(dateField()),
  },
  async run({ options: { partner, kind, line, promise, due }, asked, tools }) {
    const { coalition, member, reader, now } = asked;
    const today = localDate(now, coalition.timeZone);
    const dueOn = due ?? addDays(today, promiseDays);
    if (promise && dueOn < today)
      return refused('check-ins.past', say(reader, 'log.past', { got: dueOn, today }));
    const coalitionId = coalition.id;
    await tools.write(async (writing) => {
      const of = { partnerId: partner.id, memberId: member.id, kind, line };
      const id = await recordCheckIn(writing, coalitionId, of);
      await tools.contacts.record(writing, {
        coalitionId,
        partnerId: partner.id,
        memberId: null,
        kind,
        subject: `check-in:${id}`,
        at: writing.now,
      });
      for (const task of [plannedTask, 'pulse-low', 'pulse-silent'])
        await tools.staffTasks.close(writing, { coalitionId, kind: task, subject: partner.id });
      if (!promise) return;
      const made = { partnerId: partner.id, ownerId: member.id, text: promise, dueOn };
      const promiseId = await openPromise(writing, coalitionId, made);
      await planPromise(writing, tools, coalition, { id: promiseId, dueOn });
    });
    return shown(
      card(
        paragraph(say(reader, 'log.done', { partner: partner.name })),
        promise ? paragraph(say(reader, 'log.promise', { date: dueOn })) : null,
        note(say(reader, 'log.seen', { partner: partner.name, note: code('/checkin note') })),
      ),
    );
  },
});

export const plan = defineCommand({
  name: 'checkin plan',
  answers: 'privately',
  by: 'backbone',
  options: { partner: partnerField(), on: dateField() },
  async run({ options: { partner, on }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const today = localDate(now, coalition.timeZone);
    if (on < today) return refused('check-ins.past', say(reader, 'log.past', { got: on, today }));
    await tools.write(async (writing) => {
      await recordCare(writing, coalition.id, partner.id, { plannedOn: on });
      await planCheckIn(writing, tools, coalition, { partnerId: partner.id, on });
    });
    const said = { partner: partner.name, date: on, due: code('/checkin due') };
    return shown(card(paragraph(say(reader, 'plan.done', said))));
  },
});

export const privateNote = defineCommand({
  name: 'checkin note',
  answers: 'privately',
  by: 'backbone',
  options: { partner: partnerField(), text: paragraphField({ max: 800 }) },
  async run({ options: { partner, text: words }, asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { partnerId: partner.id, memberId: member.id, text: words };
    await tools.write((writing) => recordNote(writing, coalition.id, of));
    return shown(card(paragraph(say(reader, 'note.done', { partner: partner.name }))));
  },
});

/** The whole history for staff; for a partner's own people what was logged about them. */
export const history = defineCommand({
  name: 'checkin partner',
  answers: 'privately',
  by: 'member',
  options: { partner: optional(partnerField()) },
  async run({ options: { partner }, asked, tools }) {
    const { member, reader } = asked;
    const wanted = partner ?? member.partner;
    if (!wanted) return refused('check-ins.which', say(reader, 'history.which'));
    if (member.standing === 'backbone') return showHistory(asked, tools, wanted.id);
    if (member.partner?.id !== wanted.id)
      return refused('check-ins.not-yours', say(reader, 'history.not-yours'));
    const entries = await listHistory(tools.database, asked.coalition.id, wanted.id, entriesShown);
    return shown(ownHistoryCard(reader, { partnerId: wanted.id, partner: wanted.name, entries }));
  },
});

export async function showHistory(
  { coalition, reader }: AskedBy<'member'>,
  tools: Tools,
  partnerId: PartnerId,
): Promise<Answer> {
  const { database } = tools;
  const partner = await findPartner(database, coalition.id, partnerId);
  if (!partner) return refused('check-ins.which', say(reader, 'history.which'));
  const notes = await listNotes(database, coalition.id, partnerId, notesShown);
  const names = await listNames(
    database,
    coalition.id,
    notes.map(({ memberId }) => memberId),
  );
  return shown(
    historyCard(reader, {
      partnerId,
      partner: partner.name,
      entries: await listHistory(database, coalition.id, partnerId, entriesShown),
      promises: await listPromises(database, coalition.id, partnerId, promisesShown),
      lastAsk: await findLastAsk(database, coalition.id, partnerId),
      points: await talkingPoints(tools, coalition, partner.id, reader),
      notes: notes.map(({ memberId, ...rest }) => ({ ...rest, by: names.get(memberId ?? '') ?? null })),
    }),
  );
}

/** Staff read everything about any partner; its own people what was noted of contacts with them. */
export async function showAll(
  { coalition, member, reader }: AskedBy<'member'>,
  tools: Tools,
  of: { partner: PartnerId; page: number },
): Promise<Answer> {
  const { database } = tools;
  const staff = member.standing === 'backbone';
  if (!staff && member.partner?.id !== of.partner)
    return refused('check-ins.not-yours', say(reader, 'history.not-yours'));
  const partner = await findPartner(database, coalition.id, of.partner);
  if (!partner) return refused('check-ins.which', say(reader, 'history.which'));
  const written = await listWritten(database, coalition.id, { partnerId: of.partner, staff });
  const authors = written.flatMap(({ entry }) => (entry.is === 'note' ? [entry.memberId] : []));
  const names = await listNames(database, coalition.id, [...new Set(authors)]);
  const about = { partnerId: of.partner, partner: partner.name, page: of.page };
  return shown(allWrittenCard(reader, { ...about, written, names }));
}
