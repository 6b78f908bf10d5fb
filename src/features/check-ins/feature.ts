import { defineFeature } from '../../core/command.ts';
import type { TalkingPoint } from '../../core/talking-points.ts';
import { instant } from '../../core/text.ts';
import { careButtons } from './care/buttons.ts';
import { care, due, rhythm, tag } from './care/commands.ts';
import { recordOwnerGone } from './care/store.ts';
import { concernButtons } from './concerns/buttons.ts';
import { concernCommands } from './concerns/commands.ts';
import { concernForms } from './concerns/forms.ts';
import { telling, tellRaisers } from './concerns/jobs.ts';
import { forgetConcerns, listConcernsFrom, moveConcerns } from './concerns/store.ts';
import { loggingButtons } from './logging/buttons.ts';
import { history, log, plan, privateNote } from './logging/commands.ts';
import { loggingJobs } from './logging/jobs.ts';
import { findLastAsk, forgetStaff, listLogged, listPromises, moveStaff } from './logging/store.ts';
import { pulseButtons } from './pulse/buttons.ts';
import { answers, pulse } from './pulse/commands.ts';
import { answerForm, secretForm } from './pulse/forms.ts';
import { pulseJobs } from './pulse/jobs.ts';
import { forgetAnswers, listOwnAnswers, moveAnswers } from './pulse/store.ts';
import { say } from './words.ts';

/** Staying in touch with partners as people: whom to call, what was said, and how it goes for them. */
export const checkIns = defineFeature({
  name: 'check-ins',
  say,
  commands: [due, log, plan, history, privateNote, care, tag, rhythm, pulse, answers, ...concernCommands],
  buttons: [...careButtons, ...loggingButtons, ...pulseButtons, ...concernButtons],
  forms: [answerForm, secretForm, ...concernForms],
  jobs: [...loggingJobs, ...pulseJobs],
  upkeep: [telling],
  adds: {
    async talkingPoints({ coalition, partnerId, reader, tools }) {
      const { database } = tools;
      const promised = await listPromises(database, coalition.id, partnerId, 1);
      const asked = await findLastAsk(database, coalition.id, partnerId);
      const points: TalkingPoint[] = promised.map(({ text, dueOn }) => ({
        about: 'promise',
        text: say(reader, 'points.promise', { text, date: dueOn }),
      }));
      if (!asked) return points;
      const at = instant(asked.at, coalition.timeZone, 'date');
      const text = say(reader, 'points.asked', { at, feature: asked.feature });
      return [...points, { about: 'asked', text }];
    },
    async stored({ coalition, member, tools }) {
      const { database } = tools;
      const { partner } = member;
      return {
        // Staff's own notes and promises about the partner are theirs, and never part of this.
        contactsWithUs: partner ? await listLogged(database, coalition.id, partner.id) : [],
        pulse: await listOwnAnswers(database, coalition.id, member.id),
        concerns: (await listConcernsFrom(database, coalition.id, member.id)).map(({ entries }) => entries),
      };
    },
    async departed({ coalition, member, writing, tools }) {
      await recordOwnerGone(writing, coalition.id, member.id);
      await tellRaisers(writing, tools, coalition, member);
      return [];
    },
    async merged({ coalitionId, from, into, writing }) {
      await moveStaff(writing, coalitionId, from, into);
      await moveAnswers(writing, coalitionId, from, into);
      await moveConcerns(writing, coalitionId, from, into);
    },
    async forget({ coalitionId, memberId, writing }) {
      await forgetStaff(writing, coalitionId, memberId);
      await forgetAnswers(writing, coalitionId, memberId);
      await forgetConcerns(writing, coalitionId, memberId);
      await recordOwnerGone(writing, coalitionId, memberId);
    },
  },
});
