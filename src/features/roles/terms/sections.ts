import { paragraph } from '../../../core/card.ts';
import type { DigestItem, DigestSection } from '../../../core/digest-section.ts';
import { plainText } from '../../../core/plain-text.ts';
import { say } from '../words.ts';
import { leastDaysForThanks } from './rules.ts';
import { listEndedTerms, listWorkers } from './store.ts';

const mostThanked = 5;
const mostWorkers = 8;

/** Whoever finished a term, and whoever noted work. */
export const thanksSection: DigestSection = {
  name: 'thanks',
  title: (reader) => say.plain(reader, 'section.thanks'),
  async collect({ coalition, since, until, reader, tools }) {
    const ended = await listEndedTerms(tools.database, coalition.id, {
      since,
      until,
      leastDays: leastDaysForThanks,
      take: mostThanked,
    });
    const items: DigestItem[] = ended.map(({ key, title, partner, startedAt, endedAt }) => {
      const months = Math.round((endedAt.getTime() - startedAt.getTime()) / (30.44 * 86_400_000));
      const words = say(reader, 'thanks.term', { partner, title, months });
      return { key: `term-${key}`, label: plainText(words, reader), parts: [paragraph(words)] };
    });
    const workers = await listWorkers(tools.database, coalition.id, { since, until, take: mostWorkers });
    if (workers.length > 0) {
      const partners = workers.map(({ partner }) => partner).join(', ');
      const words = say(reader, 'thanks.work', { partners });
      items.push({ key: 'work', label: plainText(words, reader), parts: [paragraph(words)] });
    }
    return items;
  },
};
