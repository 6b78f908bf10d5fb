import { refused, shown } from '../../../core/answer.ts';
import { card, fields, heading, note, paragraph } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { optional, wholeNumber } from '../../../core/field.ts';
import { code, instant } from '../../../core/text.ts';
import { capRanges } from '../../../outreach/rules.ts';
import { say } from '../words.ts';

const resumeCode = code('/coalition resume');

export const limitsCommand = defineCommand({
  name: 'attention limits',
  answers: 'privately',
  by: 'backbone',
  options: {
    week: optional(wholeNumber(capRanges.perWeek)),
    day: optional(wholeNumber(capRanges.perDay)),
    asks: optional(wholeNumber(capRanges.asksInRow)),
  },
  async run({ options: { week, day, asks }, asked, tools }) {
    const { coalition, reader } = asked;
    const changed = {
      ...(week === undefined ? {} : { perWeek: week }),
      ...(day === undefined ? {} : { perDay: day }),
      ...(asks === undefined ? {} : { asksInRow: asks }),
    };
    if (Object.keys(changed).length > 0)
      await tools.write((writing) => tools.outreach.change(writing, coalition.id, changed));
    const now = await tools.outreach.settings(tools.database, coalition.id);
    const field = (key: 'week' | 'day' | 'asks', value: number) => ({
      label: say.plain(reader, `command.attention.limits.${key}`),
      value: [String(value)],
    });
    const at = now.pausedAt && instant(now.pausedAt, coalition.timeZone);
    return shown(
      card(
        heading(say.plain(reader, 'limits.title')),
        at && paragraph(say(reader, 'limits.paused', { at, resume: resumeCode })),
        fields([field('week', now.perWeek), field('day', now.perDay), field('asks', now.asksInRow)]),
        note(say(reader, 'limits.how', { preview: code('/attention preview') })),
      ),
    );
  },
});

export const pauseCommand = defineCommand({
  name: 'coalition pause',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, member, reader } = asked;
    const of = { coalitionId: coalition.id, by: member.id };
    if (await tools.write((writing) => tools.outreach.pause(writing, of)))
      return shown(card(paragraph(say(reader, 'pause.done', { resume: resumeCode }))));
    const { pausedAt } = await tools.outreach.settings(tools.database, coalition.id);
    const at = instant(pausedAt ?? asked.now, coalition.timeZone);
    return refused('attention.paused', say(reader, 'pause.before', { at, resume: resumeCode }));
  },
});

export const resumeCommand = defineCommand({
  name: 'coalition resume',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const of = { coalitionId: coalition.id };
    const resumed = await tools.write((writing) => tools.outreach.resume(writing, of));
    if (resumed) {
      const { posts, outdated } = resumed;
      return shown(
        card(
          paragraph(say(reader, 'resume.done')),
          posts + outdated > 0 && note(say(reader, 'resume.posts', { posts, outdated })),
        ),
      );
    }
    return refused('attention.not-paused', say(reader, 'resume.before'));
  },
});
