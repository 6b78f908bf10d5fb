import { list, type Part, paragraph } from '../../core/card.ts';
import { defineFeature } from '../../core/command.ts';
import { instant } from '../../core/text.ts';
import { announcementButtons } from './announcements/buttons.ts';
import { announce, announcements } from './announcements/commands.ts';
import { writeForm } from './announcements/forms.ts';
import { announcementsSection } from './announcements/sections.ts';
import { forgetAuthor, listAnnouncementsOf, listWaiting } from './announcements/store.ts';
import { issueButtons } from './issue/buttons.ts';
import { issueCommands } from './issue/commands.ts';
import { issueJobs } from './issue/jobs.ts';
import { upcomingSection } from './issue/sections.ts';
import { forgetDropper } from './issue/store.ts';
import { spotlightButtons } from './spotlight/buttons.ts';
import { order, spotlight } from './spotlight/commands.ts';
import { wordsForm } from './spotlight/forms.ts';
import { askAnotherVoice, spotlightJobs } from './spotlight/jobs.ts';
import { spotlightSection } from './spotlight/sections.ts';
import { findOpenTurn, forgetAsked, listTurnsOf } from './spotlight/store.ts';
import { say } from './words.ts';

/** The weekly message to the whole coalition. */
export const digests = defineFeature({
  name: 'digests',
  say,
  commands: [...issueCommands, order, spotlight, announce, announcements],
  buttons: [...issueButtons, ...spotlightButtons, ...announcementButtons],
  forms: [wordsForm, writeForm],
  jobs: [...issueJobs, ...spotlightJobs],
  adds: {
    digest: [spotlightSection, announcementsSection, upcomingSection],

    async myPlace({ coalition, member, reader, tools: { database } }) {
      const waiting = await listWaiting(database, coalition.id, { by: member.id });
      const turn = await findOpenTurn(database, coalition.id);
      const parts: Part[] = [];
      if (turn && turn.partnerId === member.partner?.id) {
        const deadline = instant(turn.answerBy, coalition.timeZone);
        parts.push(paragraph(say(reader, `place.turn-${turn.state as 'asked'}`, { deadline })));
      }
      if (waiting.length > 0) {
        const shown = waiting.slice(0, 5).map(({ text }) => [text]);
        parts.push(paragraph(say(reader, 'place.announcements', { count: waiting.length })), list(shown));
      }
      return parts;
    },

    async stored({ coalition, member, tools: { database } }) {
      return {
        announcements: await listAnnouncementsOf(database, coalition.id, member.id),
        spotlightTurns: await listTurnsOf(database, coalition.id, member.id),
      };
    },

    async departed({ coalition, member, reader, writing, tools }) {
      const parts: Part[] = [];
      const other = await askAnotherVoice(writing, coalition, member.id, tools);
      if (other) parts.push(paragraph(say(reader, 'departed.turn', { name: other.name })));
      const waiting = await listWaiting(writing.tx, coalition.id, { by: member.id });
      if (waiting.length > 0) {
        parts.push(paragraph(say(reader, 'departed.announcements', { count: waiting.length })));
      }
      return parts;
    },

    async forget({ coalitionId, memberId, writing }) {
      await forgetAuthor(writing, coalitionId, memberId);
      await forgetAsked(writing, coalitionId, memberId);
      await forgetDropper(writing, coalitionId, memberId);
    },
  },
});
