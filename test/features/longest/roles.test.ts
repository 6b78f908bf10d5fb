import { test } from 'vitest';
import { roles } from '../../../src/features/roles/feature.ts';
import { playLongest } from '../../support/longest-coalition.ts';

const inOtherPlay = 'roles-all.test.ts leads there';
const except = {
  'button roles.accept': inOtherPlay,
  'button roles.board-list': inOtherPlay,
  'button roles.end-group': inOtherPlay,
  'button roles.free-all': inOtherPlay,
  'button roles.list': inOtherPlay,
  'button roles.not-now': inOtherPlay,
  'button roles.take-over': inOtherPlay,
  'job roles.offer-ends': inOtherPlay,
  'job roles.orphaned': inOtherPlay,
};

const needsPlatform = 'needs groups of Slack or Discord; test/features/roles/groups.test.ts';
const elsewhere = 'done by nobody here; test/features/roles does it';
const uncalled = {
  'features/roles/succession/store.ts recordNoHelp': 'when somebody leaves for whom nobody takes over',
  'features/roles/coverage/store.ts listCandidates': elsewhere,
  'features/roles/coverage/store.ts recordJobOffer': elsewhere,
  'features/roles/coverage/store.ts recordNotNow': elsewhere,
  'features/roles/groups/store.ts closeGroup': needsPlatform,
  'features/roles/groups/store.ts findGroup': needsPlatform,
  'features/roles/groups/store.ts hasChanged': needsPlatform,
  'features/roles/groups/store.ts letGroupGo': needsPlatform,
  'features/roles/groups/store.ts listWanted': needsPlatform,
  'features/roles/groups/store.ts openGroup': needsPlatform,
  'features/roles/groups/store.ts recordAdding': needsPlatform,
  'features/roles/groups/store.ts recordChanged': needsPlatform,
  'features/roles/groups/store.ts recordFound': needsPlatform,
  'features/roles/groups/store.ts recordRemoving': needsPlatform,
  'features/roles/groups/store.ts recordStep': needsPlatform,
  'features/roles/groups/store.ts removeGroup': needsPlatform,
  'features/roles/groups/store.ts takeGroup': needsPlatform,
  'features/roles/rosters/store.ts listDutiesOn': elsewhere,
  'features/roles/succession/store.ts countHeld': elsewhere,
  'features/roles/succession/store.ts listOrphaned': elsewhere,
  'features/roles/succession/store.ts recordSteppedIn': elsewhere,
  'features/roles/succession/store.ts recordTakenOver': elsewhere,
  'features/roles/terms/store.ts listEndedTerms': elsewhere,
  'features/roles/terms/store.ts listWorkers': elsewhere,
};

test('whatever there is to do about roles with the longest words is drawn on every platform', async () => {
  await playLongest(
    {
      features: [roles],
      except,
      uncalled,
      last: ['roles release', 'rosters leave', 'rosters close'],
      others: ['Alternate 1'],
      timesEach: 4,
    },
    async ({ crawl, commands, staff }) => {
      for (let time = 0; time < 3; time += 1) await crawl.says(staff, '/roles new');
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(168);
      await crawl.sayAll(commands);
      for (let time = 0; time < 4; time += 1) await crawl.wait(72);
    },
  );
}, 300_000);
