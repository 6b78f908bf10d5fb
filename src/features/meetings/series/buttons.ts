import { refused, shown } from '../../../core/answer.ts';
import { card, heading, paragraph } from '../../../core/card.ts';
import { defineButton } from '../../../core/command.ts';
import { instant } from '../../../core/text.ts';
import type { WallTime } from '../../../time/say-when.ts';
import { atWallClock } from '../../../time/wall-clock.ts';
import { inviteAll } from '../answering/jobs.ts';
import { findOwn, mayRun } from '../choosing/buttons.ts';
import { disarmReminders } from '../confirmed/jobs.ts';
import { meetingView } from '../meeting/cards.ts';
import { listGuests, lockMeeting } from '../meeting/store.ts';
import { suggestTimes, usualDeadline } from '../proposing/rules.ts';
import { say } from '../words.ts';
import { otherTimePress, startPress } from './cards.ts';
import { start } from './forms.ts';
import { reopenPoll } from './reopening/store.ts';
import { findSeries } from './store.ts';

export const startButton = defineButton({
  press: startPress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, member, reader } = asked;
    const series = await findSeries(tools.database, coalition.id, payload.series);
    if (!series) return refused('meetings.gone', say(reader, 'refused.gone'));
    if (!mayRun({ ...series, small: false }, member))
      return refused('meetings.not-yours', say(reader, 'refused.not-runner'));
    return start(series, asked, tools);
  },
});

/** Too few can come at the time there is: asks for others, beside it. */
export const otherTimeButton = defineButton({
  press: otherTimePress,
  answers: 'by-updating',
  by: 'member',
  async run({ payload, asked, tools }) {
    const { coalition, reader, now } = asked;
    const of = await findOwn(tools, asked, payload.meeting, ['confirmed']);
    if ('answer' in of) return of;
    const { date, startsAt } = of;
    if (!date || !startsAt || startsAt <= now) return refused('meetings.past', say(reader, 'refused.past'));
    const guests = await listGuests(tools.database, of);
    const { workingDays, holidays } = coalition;
    const { timeZone, minutes } = of;
    const own: WallTime = { date, time: of.time };
    const others = suggestTimes(guests, { now, timeZone, minutes, workingDays, holidays });
    const times = [own, ...others.filter((each) => each.date !== own.date || each.time !== own.time)];
    const starts = times.map((each) => atWallClock(each.date, each.time ?? '00:00', timeZone).getTime());
    const deadline = usualDeadline(now, new Date(Math.min(...starts)));
    const opened = await tools.write(async (writing) => {
      const current = await lockMeeting(writing, coalition.id, of.id);
      if (current?.state !== 'confirmed') return null;
      await disarmReminders(writing, tools, current);
      const polling = await reopenPoll(writing, current, times, deadline);
      await tools.staffTasks.close(writing, {
        coalitionId: coalition.id,
        kind: 'meetings.risk',
        subject: of.id,
      });
      await tools.delivery.redraw(writing, { coalitionId: coalition.id, view: meetingView, subject: of.id });
      if (polling) await inviteAll(writing, tools, coalition, polling);
      return polling;
    });
    if (!opened) return refused('meetings.gone', say(reader, 'refused.gone'));
    const words = { count: times.length, deadline: instant(deadline, coalition.timeZone) };
    return shown(card(heading(of.title), paragraph(say(reader, 'risk.asked', words))));
  },
});
