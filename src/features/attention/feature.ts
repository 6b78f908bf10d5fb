import { defineFeature } from '../../core/command.ts';
import { handOverButtons } from './hand-over/buttons.ts';
import { handOverCommand, handOversCommand } from './hand-over/commands.ts';
import {
  asksSuccessor,
  bounced,
  forgetNames,
  handOverJobs,
  partnerEnded,
  planLook,
  settleReturned,
} from './hand-over/jobs.ts';
import { listStored } from './hand-over/store.ts';
import { sendAnyway } from './held/buttons.ts';
import { balanceCommand, heldCommand } from './held/commands.ts';
import { limitsCommand, pauseCommand, resumeCommand } from './limits/commands.ts';
import { awayCommand, backCommand, ownPlace, snoozeCommand } from './own/commands.ts';
import { turnPreview, turnSent } from './preview/buttons.ts';
import { previewCommand, sentCommand } from './preview/commands.ts';
import { reachCommand } from './reachability/commands.ts';
import { say } from './words.ts';

/** What people and staff see and steer of everything that goes out by itself. The door itself is `src/outreach`. */
export const attention = defineFeature({
  name: 'attention',
  say,
  commands: [
    ...[awayCommand, snoozeCommand, backCommand, pauseCommand, resumeCommand],
    ...[previewCommand, sentCommand, limitsCommand, heldCommand, balanceCommand, reachCommand],
    ...[handOversCommand, handOverCommand],
  ],
  buttons: [sendAnyway, turnPreview, turnSent, ...handOverButtons],
  jobs: handOverJobs,
  adds: {
    myPlace: ownPlace,
    unreachable: bounced,
    asksSuccessor,
    partnerEnded,
    forget: forgetNames,
    async stored({ coalition, member, tools }) {
      return { handOvers: await listStored(tools.database, coalition.id, member.id) };
    },
    async partnersChanged({ coalition, writing, tools }) {
      await settleReturned(writing, tools, coalition);
      await planLook(writing, tools, coalition);
    },
    async replan({ coalition, writing, tools }) {
      await planLook(writing, tools, coalition);
      return [];
    },
  },
});
