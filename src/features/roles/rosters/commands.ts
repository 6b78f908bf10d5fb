import { refused, shown } from '../../../core/answer.ts';
import { defineCommand } from '../../../core/command.ts';
import { type Field, resolved, text } from '../../../core/field.ts';
import { sayDate } from '../../../core/plain-text.ts';
import type { Tools } from '../../../core/ports.ts';
import type { Coalition } from '../../../core/who.ts';
import { dateField } from '../../../time/fields.ts';
import { addDays, localDate } from '../../../time/wall-clock.ts';
import { nameField } from '../catalogue/fields.ts';
import { say } from '../words.ts';
import { closeRosterCard, rosterCard, rostersCard } from './cards.ts';
import { planAndTell } from './jobs.ts';
import {
  countDutiesAfter,
  findRosterId,
  listRosters,
  openRoster,
  type Roster,
  type RosterId,
  recordTaker,
  removeTaker,
} from './store.ts';

function rosterField(): Field<Roster> {
  return resolved(
    text({ max: 60 }),
    async (typed, { coalition, reader, now }, tools) => {
      const notFound = { ok: false, problem: say(reader, 'problem.roster', { got: typed }) } as const;
      const id = coalition && (await findRosterId(tools.database, coalition.id, typed));
      const roster = id && coalition && (await findRoster(tools, coalition, id, now));
      return roster ? { ok: true, value: roster } : notFound;
    },
    async (typed, { coalition, now }, { database }) => {
      if (!coalition) return [];
      const all = await listRosters(database, coalition.id, localDate(now, coalition.timeZone));
      return all
        .filter(({ name }) => name.toLowerCase().includes(typed.toLowerCase()))
        .map(({ name }) => ({ value: name, label: name }));
    },
  );
}

async function findRoster(tools: Tools, coalition: Coalition, id: RosterId, now: Date) {
  const today = localDate(now, coalition.timeZone);
  return (await listRosters(tools.database, coalition.id, today, id))[0];
}

const list = defineCommand({
  name: 'rosters list',
  bare: true,
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const today = localDate(asked.now, asked.coalition.timeZone);
    return shown(rostersCard(asked.reader, await listRosters(tools.database, asked.coalition.id, today)));
  },
});

const create = defineCommand({
  name: 'rosters new',
  answers: 'privately',
  by: 'backbone',
  options: { name: nameField(60) },
  async run({ options: { name }, asked, tools }) {
    const { coalition, reader } = asked;
    const id = await tools.write((writing) => openRoster(writing, coalition.id, name));
    const roster = id && (await findRoster(tools, coalition, id, asked.now));
    if (!roster) return refused('roles.roster-taken', say(reader, 'rosters.taken', { name }));
    return shown(rosterCard(reader, say(reader, 'rosters.opened', { name }), roster));
  },
});

const join = defineCommand({
  name: 'rosters join',
  answers: 'privately',
  by: 'voice',
  options: { roster: rosterField() },
  async run({ options: { roster }, asked, tools }) {
    const { coalition, member, reader } = asked;
    const taker = { partnerId: member.partner.id, memberId: member.id };
    await tools.write((writing) => recordTaker(writing, coalition.id, roster.id, taker));
    const now = (await findRoster(tools, coalition, roster.id, asked.now)) ?? roster;
    const words = say(reader, 'rosters.joined', { name: roster.name, partner: member.partner.name });
    return shown(rosterCard(reader, words, now));
  },
});

const leave = defineCommand({
  name: 'rosters leave',
  answers: 'privately',
  by: 'voice',
  options: { roster: rosterField() },
  async run({ options: { roster }, asked, tools }) {
    const { coalition, member, reader } = asked;
    await tools.write((writing) => removeTaker(writing, coalition.id, roster.id, member.partner.id));
    const now = (await findRoster(tools, coalition, roster.id, asked.now)) ?? roster;
    const words = say(reader, 'rosters.left', { name: roster.name, partner: member.partner.name });
    return shown(rosterCard(reader, words, now));
  },
});

/** How far ahead a duty can be planned. */
const mostDaysAhead = 366;

const plan = defineCommand({
  name: 'rosters plan',
  answers: 'privately',
  by: 'backbone',
  options: { roster: rosterField(), day: dateField() },
  async run({ options: { roster, day }, asked, tools }) {
    const { coalition, reader } = asked;
    const today = localDate(asked.now, coalition.timeZone);
    if (day < today || day > addDays(today, mostDaysAhead)) {
      return refused('roles.day', say(reader, 'rosters.day', { date: sayDate(reader, day) }));
    }
    const duty = await tools.write((writing) => planAndTell(writing, tools, coalition, roster, day));
    const date = sayDate(reader, day);
    if (!duty)
      return refused('roles.roster-empty', say(reader, 'rosters.empty', { name: roster.name, date }));
    const now = (await findRoster(tools, coalition, roster.id, asked.now)) ?? roster;
    return shown(
      rosterCard(reader, say(reader, 'rosters.planned', { partner: duty.partnerName, date }), now),
    );
  },
});

const close = defineCommand({
  name: 'rosters close',
  answers: 'privately',
  by: 'backbone',
  options: { roster: rosterField() },
  async run({ options: { roster }, asked, tools }) {
    const { coalition, reader, now } = asked;
    const today = localDate(now, coalition.timeZone);
    const ahead = await countDutiesAfter(tools.database, coalition.id, roster.id, today);
    return shown(closeRosterCard(reader, { ...roster, ahead }));
  },
});

export const rosterCommands = [list, create, join, leave, plan, close];
