import { shown } from '../../../core/answer.ts';
import { card, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { choice, type Field, optional, problem, refined, text, wholeNumber } from '../../../core/field.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { placeField } from '../../../identity/fields.ts';
import { isLocalTime } from '../../../time/wall-clock.ts';
import { nextWeekly } from '../../../time/weekly.ts';
import { say } from '../words.ts';
import { holdOrResume, listDroppable, noSchedule, showDrops, showPreview } from './buttons.ts';
import { scheduledCard, statusCard, weekdays } from './cards.ts';
import { cancelIssueTimers, saveSchedule } from './jobs.ts';
import { weekOf } from './rules.ts';
import { gather } from './sections.ts';
import {
  findSchedule,
  listClosedIssues,
  listDigestPlaces,
  lockSchedule,
  recordDigestPlace,
  recordStopped,
} from './store.ts';

const pastShown = 6;

/** `9:00` and `09:00` are the same time. */
const timeOfDay = refined(text({ max: 5 }), (typed) => {
  const time = typed.padStart(5, '0');
  return isLocalTime(time) ? time : problem('problem.time', { got: typed });
});

const schedule = defineCommand({
  name: 'digest schedule',
  answers: 'privately',
  by: 'backbone',
  options: {
    weekday: choice(weekdays, 'weekday'),
    time: timeOfDay,
    channel: placeField(),
    silent: optional(choice(['card', 'next'], 'silent')),
    days: optional(wholeNumber({ least: 1, most: 5 })),
  },
  async run({ options, asked, tools }) {
    const { coalition, reader } = asked;
    const { weekday, time, channel, silent, days } = options;
    await tools.write(async (writing) => {
      const settings = {
        weekday: weekdays.indexOf(weekday) + 1,
        time,
        ...(silent ? { whenSilent: silent } : {}),
        ...(days ? { answerDays: days } : {}),
      };
      await saveSchedule(writing, coalition, settings, tools);
      await recordDigestPlace(writing, coalition.id, asked.workspace.id, channel.id);
    });
    const saved = await findSchedule(tools.database, coalition.id);
    if (!saved) return noSchedule(asked);
    const places = await listDigestPlaces(tools.database, coalition.id);
    const soonest = nextWeekly({ weekday: saved.weekday, time, timeZone: coalition.timeZone }, asked.now);
    const weekTaken = saved.issue.dueAt > asked.now && weekOf(soonest.date) < saved.issue.week;
    return shown(scheduledCard({ schedule: saved, coalition, places, weekTaken }, reader));
  },
});

const stop = defineCommand({
  name: 'digest stop',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    await tools.write(async (writing) => {
      await cancelIssueTimers(writing, coalition, tools);
      await lockSchedule(writing, coalition.id);
      await recordStopped(writing, coalition.id);
    });
    return shown(card(paragraph(say(reader, 'stopped'))));
  },
});

const status = defineCommand({
  name: 'digest status',
  bare: true,
  answers: 'privately',
  by: 'member',
  async run({ asked, tools: { database } }) {
    const { coalition, member, reader } = asked;
    const found = await findSchedule(database, coalition.id);
    if (!found) return noSchedule(asked);
    const places = await listDigestPlaces(database, coalition.id);
    const past = await listClosedIssues(database, coalition.id, pastShown);
    const forStaff = member.standing === 'backbone';
    return shown(statusCard({ schedule: found, coalition, places }, past, forStaff, reader));
  },
});

const preview = defineCommand({
  name: 'digest preview',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => showPreview(asked, tools),
});

const hold = defineCommand({
  name: 'digest hold',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => holdOrResume(asked, tools, true, null),
});

const resume = defineCommand({
  name: 'digest resume',
  answers: 'privately',
  by: 'backbone',
  run: ({ asked, tools }) => holdOrResume(asked, tools, false, null),
});

/** By part of its name; the list offers what there is. */
const droppedItem: Field<string | undefined> = {
  ...optional(text({ max: 100 })),
  async suggest(typed, { coalition, reader, now }, tools) {
    const found = coalition && (await findSchedule(tools.database, coalition.id));
    if (!coalition || !found) return [];
    const contents = await gather(coalition, found, now, tools);
    return listDroppable(contents, { reader })
      .filter(({ label }) => label.toLowerCase().includes(typed.toLowerCase()))
      .slice(0, limits.suggestions)
      .map(({ value, label }) => ({ value, label: shortened(label, limits.suggestionLabel) }));
  },
};

const drop = defineCommand({
  name: 'digest drop',
  answers: 'privately',
  by: 'backbone',
  options: {
    item: droppedItem,
  },
  run: ({ options, asked, tools }) => showDrops(asked, tools, { drop: options.item }),
});

export const issueCommands = [status, schedule, preview, hold, resume, drop, stop];
