import { type Answer, refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, text } from '../../../core/field.ts';
import type { Tools } from '../../../core/ports.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, localDate } from '../../../time/wall-clock.ts';
import { partnerField } from '../../directory/feature.ts';
import { excuseRequest, listAsks } from '../asks/store.ts';
import { measureField, partnersField } from '../definition/fields.ts';
import type { Measure } from '../definition/rules.ts';
import { findLastOpened, listMeasures } from '../definition/store.ts';
import { askOnce } from '../periods/jobs.ts';
import { periodToOpen } from '../periods/rules.ts';
import { listReporting } from '../periods/store.ts';
import { setReminding, stopReminding } from '../reminding/jobs.ts';
import { mapPeople } from '../reminding/store.ts';
import { tellEach } from '../reminding/telling/jobs.ts';
import { sayPeriod } from '../requests/cards.ts';
import { askingAt, datesOf, isWanted, nextStepAt, type Stepped, stateOf } from '../requests/rules.ts';
import { findRequestOf, type Request } from '../requests/store.ts';
import { say } from '../words.ts';
import { type BoardLine, boardCard, boardOfCard, previewCard, previewLines, sayDay } from './cards.ts';
import { countStates, onTimeShare, plannedSteps } from './rules.ts';
import { listLatest, listStandings, listTimeliness, reopenRequest } from './store.ts';

type Asked = AskedBy<'member'>;

/** How all measures stand: numbers for everybody, with ways to the names for staff. */
export async function showBoard(asked: Asked, tools: Tools, page: number): Promise<Answer> {
  const { coalition, member, reader, now } = asked;
  const { database } = tools;
  const measures = await listMeasures(database, coalition.id, { withDrafts: false });
  const latest = await listLatest(database, coalition.id);
  const standings = await listStandings(
    database,
    coalition.id,
    latest.map(({ id }) => id),
  );
  const timeliness = await listTimeliness(database, coalition.id, { now, periods: 2 });
  const lines = measures.map((measure): BoardLine => {
    const period = latest.find(({ measureId }) => measureId === measure.id);
    const own = standings.filter(({ periodId }) => periodId === period?.id);
    const timely = timeliness.filter(({ measureId }) => measureId === measure.id).map(onTimeShare);
    return { measure, key: period?.key ?? null, counts: countStates(own, now), timely };
  });
  const staff = member.standing === 'backbone';
  const asks = staff ? (await listAsks(database, coalition.id, { take: 1 })).total : 0;
  return shown(boardCard({ lines, page, staff, asks }, reader));
}

/** One measure's last period by name. */
export async function showBoardOf(
  { coalition, reader, now }: Asked,
  tools: Tools,
  measure: Measure,
): Promise<Answer> {
  const latest = await listLatest(tools.database, coalition.id);
  const period = latest.find(({ measureId }) => measureId === measure.id);
  if (!period) return refused('measures.not-yet', say(reader, 'refused.not-yet', { name: measure.name }));
  const standings = await listStandings(tools.database, coalition.id, [period.id]);
  return shown(boardOfCard({ measure, key: period.key, standings, now }, reader));
}

const board = defineCommand({
  name: 'data board',
  answers: 'privately',
  by: 'member',
  options: { measure: optional(measureField()) },
  run: ({ options, asked, tools }) =>
    options.measure && asked.member.standing === 'backbone'
      ? showBoardOf(asked, tools, options.measure)
      : showBoard(asked, tools, 0),
});

export async function showPreview(
  { coalition, reader, now }: Asked,
  tools: Tools,
  measure: Measure,
  page: number,
): Promise<Answer> {
  const { database } = tools;
  const last = await findLastOpened(database, coalition.id, measure.id);
  const period = periodToOpen(measure.calendar, last, localDate(now, coalition.timeZone));
  if (!period || measure.state === 'closed')
    return refused('measures.no-period', say(reader, 'refused.no-period', { name: measure.name }));
  // Everybody is read, because a page is cut from the partners in the order of their names.
  const all = await listReporting(database, coalition.id, measure, { after: null, take: 10_000 });
  const sorted = [...all].sort((a, b) => a.partner.localeCompare(b.partner, reader.language));
  const shownNow = sorted.slice(page * previewLines, (page + 1) * previewLines);
  const ids = shownNow.map(({ partnerId }) => partnerId);
  const people = await mapPeople(database, coalition.id, ids);
  const rhythm = { ...measure, frequency: measure.calendar.frequency };
  const dates = datesOf(rhythm, period.endsOn, coalition.timeZone);
  return shown(
    previewCard(
      {
        ...{ measure, key: period.key, opensOn: addDays(period.endsOn, 1), page, total: all.length },
        steps: plannedSteps(dates, true),
        lines: shownNow.map(({ partnerId, partner, timeZone }) => ({
          partner,
          people: people.of(measure.id, partnerId),
          zone: timeZone ?? coalition.timeZone,
        })),
      },
      reader,
    ),
  );
}

const preview = defineCommand({
  name: 'data preview',
  answers: 'privately',
  by: 'backbone',
  options: { measure: measureField() },
  run: ({ options, asked, tools }) => showPreview(asked, tools, options.measure, 0),
});

const request = defineCommand({
  name: 'data request',
  answers: 'privately',
  by: 'backbone',
  options: { measure: measureField(), due: dateField(), partners: optional(partnersField()) },
  async run({ options: { measure, due, partners }, asked, tools }) {
    const { coalition, reader, now } = asked;
    if (measure.state !== 'asking')
      return refused('measures.not-asking', say(reader, 'refused.not-asking', { name: measure.name }));
    if (due < localDate(now, coalition.timeZone))
      return refused('measures.past', say(reader, 'refused.past', { due: sayDay(due, reader) }));
    const only = partners?.length ? partners.map(({ id }) => id) : null;
    const count = await tools.write((writing) =>
      askOnce(writing, tools, coalition, { measure, dueOn: due, partners: only }),
    );
    const facts = { name: measure.name, due: sayDay(due, reader), count };
    return shown(card(paragraph(say(reader, 'request.done', facts))));
  },
});

const settling = {
  measure: measureField(),
  partner: partnerField(),
  period: optional(text({ max: 60 })),
};

async function findNamed(
  { coalition, reader }: Asked,
  tools: Tools,
  of: { measure: Measure; partner: { id: Request['partner']['id'] }; period: string | undefined },
): Promise<Request | Answer> {
  const key = of.period === undefined ? {} : { key: of.period };
  const found = await findRequestOf(tools.database, coalition.id, {
    measureId: of.measure.id,
    partnerId: of.partner.id,
    ...key,
  });
  return found ?? refused('measures.not-asked', say(reader, 'refused.not-asked', { name: of.measure.name }));
}

const factsOf = (of: Request, asked: Asked) => ({
  name: of.measure.name,
  partner: of.partner.name,
  period: sayPeriod(of, asked.reader),
});

const excuse = defineCommand({
  name: 'data excuse',
  answers: 'privately',
  by: 'backbone',
  options: { ...settling, why: text({ max: 200 }) },
  async run({ options, asked, tools }) {
    const { coalition, member, reader } = asked;
    const found = await findNamed(asked, tools, { ...options, period: options.period });
    if ('answer' in found) return found;
    const done = await tools.write(async (writing) => {
      const of = { by: member.id, why: options.why };
      if (!(await excuseRequest(writing, coalition.id, found.id, of))) return false;
      await stopReminding(writing, tools, coalition, [found.id]);
      return true;
    });
    return shown(card(paragraph(say(reader, done ? 'excuse.done' : 'excuse.before', factsOf(found, asked)))));
  },
});

/** How long a locked request stays open once staff have opened it again. */
const reopenDays = 7;

const reopen = defineCommand({
  name: 'data reopen',
  answers: 'privately',
  by: 'backbone',
  options: settling,
  async run({ options, asked, tools }) {
    const { coalition, reader, now } = asked;
    const found = await findNamed(asked, tools, { ...options, period: options.period });
    if ('answer' in found) return found;
    const state = stateOf(found, now);
    const locked = found.lockAt !== null && now >= found.lockAt;
    if (state !== 'excused' && !locked)
      return shown(card(paragraph(say(reader, 'reopen.open', factsOf(found, asked)))));
    const lockAt = locked
      ? askingAt(addDays(localDate(now, found.timeZone), reopenDays), found.timeZone)
      : found.lockAt;
    await tools.write(async (writing) => {
      const opened = { ...found, excusedAt: null, lockAt };
      const { step, steppedOn } = found;
      const last: Stepped = step && steppedOn ? { step, on: steppedOn } : null;
      const nextAt = isWanted(opened, now) ? nextStepAt(opened, last) : null;
      await reopenRequest(writing, coalition.id, found.id, { lockAt, nextAt });
      await setReminding(writing, tools, coalition);
      if (!isWanted(opened, now) || nextAt === null || nextAt > now) {
        const people = await mapPeople(writing.tx, coalition.id, [found.partner.id]);
        const [first] = people.of(found.measure.id, found.partner.id);
        // Said once: whoever was asked about it before learns that it is open again.
        if (first && last) {
          const asked = [{ request: opened, step: 'reopened' as const }];
          await tellEach(writing, tools, coalition, [{ member: first, asked }]);
        }
      }
    });
    const key = locked ? 'reopen.locked' : 'reopen.done';
    return shown(card(paragraph(say(reader, key, { ...factsOf(found, asked), days: reopenDays }))));
  },
});

export const boardCommands = [board, preview, request, excuse, reopen];
