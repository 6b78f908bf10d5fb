import { list, note, type Part, paragraph } from '../../core/card.ts';
import { defineFeature } from '../../core/command.ts';
import { shortened } from '../../core/plain-text.ts';
import { instant } from '../../core/text.ts';
import { announcementButtons } from './announcements/buttons.ts';
import { announce, announcements } from './announcements/commands.ts';
import { writeForm } from './announcements/forms.ts';
import { announcementsSection } from './announcements/sections.ts';
import {
  findNews,
  forgetAuthor,
  listAnnouncementsOf,
  listWaiting,
  moveAnnouncements,
} from './announcements/store.ts';
import { equity } from './equity/commands.ts';
import { issueButtons } from './issue/buttons.ts';
import { issueCommands } from './issue/commands.ts';
import { issueJobs, replanIssue } from './issue/jobs.ts';
import { upcomingSection } from './issue/sections.ts';
import { forgetDropper, moveDrops } from './issue/store.ts';
import { personal } from './personal/commands.ts';
import { personalJobs } from './personal/jobs.ts';
import { moveWish, recordWish, wantsPersonal } from './personal/store.ts';
import { spotlightButtons } from './spotlight/buttons.ts';
import { order, spotlight } from './spotlight/commands.ts';
import { wordsForm } from './spotlight/forms.ts';
import { askAnotherVoice, askLater, passTurn, spotlightJobs } from './spotlight/jobs.ts';
import { spotlightSection } from './spotlight/sections.ts';
import { findOpenTurn } from './spotlight/store.ts';
import { forgetAsked, listTurnsOf, moveTurns } from './spotlight/stored/store.ts';
import { say } from './words.ts';

/** What a partner announced is news for so long. */
const newsForMs = 60 * 86_400_000;
const newsLetters = 120;

/** The weekly message to the whole coalition. */
export const digests = defineFeature({
  name: 'digests',
  say,
  commands: [...issueCommands, order, spotlight, announce, announcements, equity, personal],
  buttons: [...issueButtons, ...spotlightButtons, ...announcementButtons],
  forms: [wordsForm, writeForm],
  jobs: [...issueJobs, ...spotlightJobs, ...personalJobs],
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

    async talkingPoints({ coalition, partnerId, reader, tools }) {
      const since = new Date(tools.clock.now().getTime() - newsForMs);
      const news = await findNews(tools.database, coalition.id, partnerId, since);
      const text = news && shortened(news.replace(/\s+/g, ' '), newsLetters);
      return text ? [{ about: 'news', text: say(reader, 'points.news', { text }) }] : [];
    },

    async stored({ coalition, member, tools: { database } }) {
      return {
        announcements: await listAnnouncementsOf(database, coalition.id, member.id),
        spotlightTurns: await listTurnsOf(database, coalition.id, member.id),
        wantsPersonalDigest: await wantsPersonal(database, coalition.id, member.id),
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

    handedOver: ({ coalition, partnerId, from, to, writing, tools }) =>
      passTurn(writing, tools, coalition, { partnerId, from, to }),

    async replan({ coalition, reader, writing, tools }) {
      const moved = await replanIssue(writing, coalition, tools);
      if (!moved || moved.next.at.getTime() === moved.before.dueAt.getTime()) return [];
      const key = moved.next.date > moved.before.occurrence ? 'replanned.passed' : 'replanned';
      const zone = coalition.timeZone;
      return [note(say(reader, key, { due: instant(moved.next.at, zone), zone }))];
    },

    partnersChanged: ({ writing, coalition, tools }) => askLater(writing, coalition, tools),

    async merged({ coalitionId, from, into, writing }) {
      await moveAnnouncements(writing, coalitionId, from, into);
      await moveTurns(writing, coalitionId, from, into);
      await moveDrops(writing, coalitionId, from, into);
      await moveWish(writing, coalitionId, from, into);
    },

    async forget({ coalitionId, memberId, writing }) {
      await forgetAuthor(writing, coalitionId, memberId);
      await forgetAsked(writing, coalitionId, memberId);
      await forgetDropper(writing, coalitionId, memberId);
      await recordWish(writing, coalitionId, memberId, false);
    },
  },
});

export { saveSchedule } from './issue/jobs.ts';
export { recordDigestPlace } from './issue/store.ts';
