import { refused, shown } from '../../../core/answer.ts';
import type { AskedBy } from '../../../core/asked.ts';
import { defineCommand } from '../../../core/command.ts';
import type { CoalitionId } from '../../../core/ids.ts';
import type { Tools } from '../../../core/ports.ts';
import { instant, text } from '../../../core/text.ts';
import { settingsOf } from '../settings/rules.ts';
import { findSettings } from '../settings/store.ts';
import { listTouched } from '../succession/store.ts';
import { say } from '../words.ts';
import { boardShows, kindBoardCard, offersPreviewCard, staffBoardCard, suggestionsCard } from './cards.ts';
import { nextOffers, planJobOffers } from './jobs.ts';
import { type BoardList, suggestRoles } from './rules.ts';
import { findProfile, getCoverage, listBoard, listOpenRoles } from './store.ts';

/** Staff see names; everybody sees what would be welcome. */
const board = defineCommand({
  name: 'roles board',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, member, reader } = asked;
    const [coverage, lists] = await Promise.all([
      getCoverage(tools.database, coalition.id),
      listsOf(tools, coalition.id),
    ]);
    const draw = member.standing === 'backbone' ? staffBoardCard : kindBoardCard;
    return shown(draw(reader, { coverage, lists }));
  },
});

async function listsOf(tools: Tools, coalitionId: CoalitionId) {
  const { heavyMinutes } = settingsOf(await findSettings(tools.database, coalitionId));
  const first = (which: BoardList) =>
    listBoard(tools.database, coalitionId, which, { heavyMinutes, skip: 0, take: boardShows });
  const [withoutRole, withoutPartner, heavy, fragile] = await Promise.all([
    first('without-role'),
    first('without-partner'),
    first('heavy'),
    first('fragile'),
  ]);
  return { 'without-role': withoutRole, 'without-partner': withoutPartner, heavy, fragile };
}

const suggest = defineCommand({
  name: 'roles suggest',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    return suggestFor(asked, tools);
  },
});

async function suggestFor({ coalition, member, reader }: AskedBy<'member'>, tools: Tools) {
  const profile = member.partner && (await findProfile(tools.database, coalition.id, member.partner.id));
  if (!profile) return refused('roles.no-partner', say(reader, 'suggest.no-partner'));
  const roles = await listOpenRoles(tools.database, coalition.id, 200);
  const touched = new Set<string>(await listTouched(tools.database, coalition.id, profile.id));
  const fitting = suggestRoles(
    profile,
    roles.filter((role) => !touched.has(role.id)),
  );
  return shown(suggestionsCard(reader, fitting));
}

/** What would go out next, to whom and why. */
const offers = defineCommand({
  name: 'roles offers',
  answers: 'privately',
  by: 'backbone',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const settings = settingsOf(await findSettings(tools.database, coalition.id));
    const { at } = nextOffers(coalition, asked.now);
    const plan = await planJobOffers(tools.database, coalition, at);
    const when = text(instant(at, coalition.timeZone));
    return shown(offersPreviewCard(reader, { when, each: settings.offersAQuarter, plan }));
  },
});

export const coverageCommands = [board, suggest, offers];
