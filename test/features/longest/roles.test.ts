import { test } from 'vitest';
import { playLongest } from '../../support/longest-coalition.ts';
import { crawlRoles, ofRoles } from '../../support/longest-roles.ts';

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

test('whatever there is to do about roles with the longest words is drawn on every platform', async () => {
  await playLongest({ ...ofRoles, besides: true, except }, crawlRoles);
}, 300_000);
