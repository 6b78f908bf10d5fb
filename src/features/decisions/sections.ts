import { paragraph } from '../../core/card.ts';
import type { DigestItem, DigestSection } from '../../core/digest-section.ts';
import { instant } from '../../core/text.ts';
import { endingSentence, titleOf } from './decision/cards.ts';
import { listDecisions, listDecisionsBetween } from './decision/store.ts';
import { say } from './words.ts';

/** Decisions that are still open: what needs an answer, and until when. */
export const openDecisions: DigestSection = {
  name: 'decisions-open',
  title: (reader) => say.plain(reader, 'digest.open'),
  async collect({ coalition, until, reader, tools }) {
    const open = await listDecisions(tools.database, coalition.id, { states: ['open'], most: 20 });
    return open
      .filter((each) => each.openedAt !== null && each.openedAt <= until && each.closesAt > until)
      .map((each): DigestItem => {
        const closes = instant(each.closesAt, coalition.timeZone);
        const title = { bold: [titleOf(each, reader)] };
        return {
          key: each.id,
          label: titleOf(each, reader),
          parts: [paragraph(say(reader, 'list.line-open', { title, closes }))],
        };
      });
  },
};

/** Decisions made since the last digest. */
export const madeDecisions: DigestSection = {
  name: 'decisions-made',
  title: (reader) => say.plain(reader, 'digest.made'),
  async collect({ coalition, since, until, reader, tools }) {
    const made = await listDecisionsBetween(tools.database, coalition.id, since, until);
    return made.map((each): DigestItem => {
      const ending = [{ bold: [titleOf(each, reader)] }, ': ', ...endingSentence(each, coalition, reader)];
      return {
        key: each.id,
        label: titleOf(each, reader),
        parts: [paragraph(ending), ...(each.statement === '' ? [] : [paragraph([each.statement])])],
      };
    });
  },
};
