import type { DigestSection } from '../../../core/digest-section.ts';
import { findSchedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { portraitParts } from './cards.ts';
import { type OpenState, whatToShow } from './rules.ts';
import { closeTurn, findOpenTurn, findTurn, type TurnId } from './store.ts';

/** The partner whose turn it is, in its own words or its card's. */
export const spotlightSection: DigestSection = {
  name: 'spotlight',
  title: (reader) => say.plain(reader, 'section.spotlight'),

  async collect({ coalition, until, reader, tools: { database } }) {
    const schedule = await findSchedule(database, coalition.id);
    const turn = await findOpenTurn(database, coalition.id);
    if (!schedule || !turn) return [];
    const open = { ...turn, state: turn.state as OpenState };
    const shown = whatToShow(open, schedule.whenSilent, until);
    if (!shown.show) return [];
    const parts = portraitParts(turn.partnerName, shown.words, reader);
    return [{ key: turn.id, label: turn.partnerName, parts }];
  },

  async told({ writing, coalitionId, keys }) {
    for (const key of keys) {
      const turn = await findTurn(writing.tx, coalitionId, key as TurnId);
      if (!turn) continue;
      const words = turn.state === 'approved' ? turn.words : turn.ownCard;
      await closeTurn(writing, coalitionId, turn.id, 'shown', { words });
    }
  },
};
