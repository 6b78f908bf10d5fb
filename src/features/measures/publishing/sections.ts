import { list, paragraph } from '../../../core/card.ts';
import type { DigestItem, DigestSection } from '../../../core/digest-section.ts';
import { say } from '../words.ts';
import { groupLines, learnedLine, useLine } from './cards.ts';
import { listPublications, listUses, recordTold } from './store.ts';

/** What the coalition learned from its figures since the last digest, and who used them. */
export const learnedSection: DigestSection = {
  name: 'measures-learned',
  title: (reader) => say.plain(reader, 'section.learned'),

  async collect({ coalition, until, reader, tools: { database } }) {
    const publications = await listPublications(database, coalition.id, { until });
    const items: DigestItem[] = [];
    for (const publication of publications) {
      const of = { measureId: publication.measure.id, take: 12 };
      const earlier = await listPublications(database, coalition.id, of);
      const before = earlier.find(({ endsOn }) => endsOn < publication.endsOn) ?? null;
      const groups = groupLines(publication, reader);
      items.push({
        key: publication.id,
        label: publication.measure.name,
        parts: [
          paragraph(learnedLine(publication, before, reader)),
          ...(groups.length > 0 ? [list(groups)] : []),
        ],
        // Too few to show anything: worth a line beside others, and no digest of its own.
        ...(publication.figures.total || publication.figures.choices.length > 0 ? {} : { minor: true }),
      });
    }
    for (const use of await listUses(database, coalition.id, { until }))
      items.push({ key: use.id, label: use.measure, parts: [paragraph(useLine(use, reader))] });
    return items;
  },

  told: ({ writing, coalitionId, keys }) => recordTold(writing, coalitionId, keys),
};
