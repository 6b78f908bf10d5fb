import { note, type Part, paragraph } from '../../core/card.ts';
import { defineFeature } from '../../core/command.ts';
import { instant } from '../../core/text.ts';
import {
  answerButton,
  leaveButton,
  lineButton,
  outButton,
  outcomeButton,
  timeButton,
  writeButton,
} from './groups/buttons.ts';
import { one } from './groups/commands.ts';
import { findTimeForm, outcomeLineForm, writeForm } from './groups/forms.ts';
import { afterwardsJob, introduceJob, letOut, midwayJob, rematchJob } from './groups/jobs.ts';
import { madeSection } from './groups/sections.ts';
import { countOpenSeats, listGroups, moveSeats } from './groups/store.ts';
import { welcomeJob } from './newcomers/jobs.ts';
import { forgiveButton, joinButton, skipButton, unskipButton } from './people/buttons.ts';
import { comingRounds } from './people/coming/rules.ts';
import { avoid, buddy, me, pause, resume, skip } from './people/commands.ts';
import { findChoice, forgetMember, listAvoids, listSkips, moveMember } from './people/store.ts';
import { start, stop, weights } from './programme/commands.ts';
import { findProgramme } from './programme/store.ts';
import { addRuleButton, dropRuleSelect } from './restrictions/buttons.ts';
import { rules } from './restrictions/commands.ts';
import { addRuleForm } from './restrictions/forms.ts';
import { history } from './rounds/commands.ts';
import { drawJob, headsUpJob, sendJob } from './rounds/jobs.ts';
import {
  chooseSelect,
  drawAgainButton,
  exchangeButton,
  lockButton,
  pageButton,
  removeButton,
  sendNowButton,
} from './rounds/preview/buttons.ts';
import { preview } from './rounds/preview/commands.ts';
import { exchangeForm } from './rounds/preview/forms.ts';
import { findOpenRound } from './rounds/store.ts';
import { say } from './words.ts';

/** Introductions of somebody who leaves that may still be open; older ones have been asked about. */
const latestGroups = 5;

/** Partners are introduced to each other through their people, and never the same two while there is someone new. */
export const introductions = defineFeature({
  name: 'introductions',
  say,
  commands: [me, skip, pause, resume, avoid, buddy, start, stop, preview, history, rules, one, weights],
  buttons: [
    answerButton,
    outButton,
    leaveButton,
    timeButton,
    writeButton,
    outcomeButton,
    lineButton,
    joinButton,
    skipButton,
    unskipButton,
    forgiveButton,
    pageButton,
    sendNowButton,
    drawAgainButton,
    chooseSelect,
    lockButton,
    removeButton,
    exchangeButton,
    addRuleButton,
    dropRuleSelect,
  ],
  forms: [writeForm, outcomeLineForm, findTimeForm, exchangeForm, addRuleForm],
  jobs: [headsUpJob, drawJob, sendJob, introduceJob, rematchJob, midwayJob, afterwardsJob, welcomeJob],
  adds: {
    digest: [madeSection],
    async myPlace({ coalition, reader, tools }): Promise<readonly Part[]> {
      const programme = await findProgramme(tools.database, coalition.id);
      if (!programme) return [];
      const open = await findOpenRound(tools.database, coalition.id);
      const [next] = comingRounds(programme, coalition, open, tools.clock.now());
      return [note(say(reader, 'me.place', { at: instant(next.sendAt, coalition.timeZone, 'date') }))];
    },
    async stored({ coalition, member, tools }) {
      const { database } = tools;
      const groups = await listGroups(database, coalition.id, {
        memberId: member.id,
        states: ['sent', 'dissolved'],
      });
      return {
        choices: await findChoice(database, coalition.id, member.id),
        skips: await listSkips(database, coalition.id, member.id, ''),
        avoids: (await listAvoids(database, coalition.id, member.id)).map(({ name }) => name),
        introductions: groups.map(({ seats }) => {
          const own = seats.find((seat) => seat.memberId === member.id);
          const others = seats.filter((seat) => seat !== own);
          return {
            with: others.map(({ name, partner }) => `${name} (${partner.name})`),
            answer: own?.answer ?? null,
            outcome: own?.outcome ?? null,
          };
        }),
      };
    },
    async departed({ coalition, member, reader, writing, tools, handOver }) {
      if (handOver) return [];
      const states = ['sent'] as const;
      let ended = 0;
      const latest = await listGroups(writing.tx, coalition.id, {
        memberId: member.id,
        states,
        most: latestGroups,
      });
      for (const group of latest) {
        const own = group.seats.find((seat) => seat.memberId === member.id && seat.answer === null);
        if (!own) continue;
        await letOut(tools, writing, coalition, group, own);
        ended += 1;
      }
      return ended > 0 ? [paragraph(say(reader, 'departed.ended', { ended }))] : [];
    },
    async held({ coalition, member, tools, reader }) {
      const count = await countOpenSeats(tools.database, coalition.id, member.id);
      return count > 0 ? [say(reader, 'held', { count })] : [];
    },
    async handedOver({ coalition, partnerId, from, to, writing }) {
      await moveSeats(writing, coalition.id, { partnerId, from, to });
    },
    merged: ({ coalitionId, from, into, writing }) => moveMember(writing, coalitionId, from, into),
    async forget({ coalitionId, memberId, writing }) {
      await forgetMember(writing, coalitionId, memberId);
    },
  },
});
