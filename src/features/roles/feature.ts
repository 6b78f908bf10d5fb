import { defineFeature } from '../../core/command.ts';
import { instant } from '../../core/text.ts';
import { catalogueButtons } from './catalogue/buttons.ts';
import { roleView } from './catalogue/cards.ts';
import { catalogueCommands } from './catalogue/commands.ts';
import { basicsForm, detailsForm, newForm } from './catalogue/forms.ts';
import { coverageButtons } from './coverage/buttons.ts';
import { coverageCommands } from './coverage/commands.ts';
import { coverageJobs } from './coverage/jobs.ts';
import { openRolesSection } from './coverage/sections.ts';
import { endGroup } from './groups/buttons.ts';
import { sync } from './groups/commands.ts';
import { groupUpkeep } from './groups/jobs.ts';
import { rosterButtons } from './rosters/buttons.ts';
import { rosterCommands } from './rosters/commands.ts';
import { rosterJobs } from './rosters/jobs.ts';
import { seatButtons } from './seats/buttons.ts';
import { seatCommands } from './seats/commands.ts';
import { handOverForm, passForm, peopleForm } from './seats/forms.ts';
import { seatJobs } from './seats/jobs.ts';
import { settings } from './settings/commands.ts';
import { successionButtons } from './succession/buttons.ts';
import { heldParts } from './succession/cards.ts';
import { successor } from './succession/commands.ts';
import { departed, moveHeldTo, partnerEnded, successionJobs, takeOrphaned } from './succession/jobs.ts';
import { countHeld, forgetMember, listHeldBy, listStored, moveMember } from './succession/store.ts';
import { termButtons } from './terms/buttons.ts';
import { termCommands } from './terms/commands.ts';
import { hoursForm } from './terms/forms.ts';
import { termJobs } from './terms/jobs.ts';
import { thanksSection } from './terms/sections.ts';
import { listEndedOf } from './terms/store.ts';
import { say } from './words.ts';

/** For so long after a role has ended staff are reminded to say thanks. */
const thanksForMs = 90 * 86_400_000;

/** Jobs in the coalition: every partner can choose one, and nothing hangs on somebody who has gone. */
export const roles = defineFeature({
  name: 'roles',
  say,
  commands: [
    ...catalogueCommands,
    ...seatCommands,
    ...termCommands,
    ...coverageCommands,
    successor,
    settings,
    ...rosterCommands,
    sync,
  ],
  buttons: [
    ...catalogueButtons,
    ...seatButtons,
    ...termButtons,
    ...coverageButtons,
    ...successionButtons,
    ...rosterButtons,
    endGroup,
  ],
  forms: [newForm, basicsForm, detailsForm, peopleForm, passForm, handOverForm, hoursForm],
  jobs: [...seatJobs, ...termJobs, ...coverageJobs, ...successionJobs, ...rosterJobs],
  views: [roleView],
  upkeep: [groupUpkeep],
  adds: {
    digest: [openRolesSection, thanksSection],
    commitments: [
      {
        name: 'roles',
        async measure({ coalition, partnerId, tools }) {
          return { done: await countHeld(tools.database, coalition.id, partnerId), of: null };
        },
      },
    ],
    async myPlace({ coalition, member, tools, reader }) {
      return heldParts(reader, await listHeldBy(tools.database, coalition.id, member.id));
    },
    stored: ({ coalition, member, tools }) => listStored(tools.database, coalition.id, member.id),
    async talkingPoints({ coalition, partnerId, reader, tools }) {
      const since = new Date(tools.clock.now().getTime() - thanksForMs);
      const ended = await listEndedOf(tools.database, coalition.id, partnerId, since);
      return ended.map(({ title, endedAt }) => ({
        about: 'thanks',
        text: say(reader, 'points.thanks', { title, date: instant(endedAt, coalition.timeZone, 'date') }),
      }));
    },
    async held({ coalition, member, tools }) {
      const { terms, waits, asked, helps } = await listHeldBy(tools.database, coalition.id, member.id);
      return [...terms, ...waits, ...asked, ...helps].map(({ role }) => [role.title]);
    },
    async handedOver({ coalition, partnerId, from, to, elsewhere, writing, tools }) {
      await moveHeldTo(writing, tools, coalition, { partner: partnerId, from, to, helps: !elsewhere });
      // Also of whoever left before, and was to be followed by the one who is gone now.
      await takeOrphaned(writing, tools, coalition, { partner: partnerId, from: null, by: to });
    },
    departed,
    partnerEnded,
    merged: ({ coalitionId, from, into, writing }) => moveMember(writing, coalitionId, from, into),
    forget: ({ coalitionId, memberId, writing }) => forgetMember(writing, coalitionId, memberId),
  },
});

// For whatever takes place on a day and wants a host or a note-taker.
export { planDuties } from './rosters/jobs.ts';
export { listDutiesOn } from './rosters/store.ts';
