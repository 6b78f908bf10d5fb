import { note, paragraph } from '../../../core/card.ts';
import type { DigestItem, DigestSection } from '../../../core/digest-section.ts';
import { shortened } from '../../../core/plain-text.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';
import { partnerLine } from './cards.ts';
import { listNewPartners } from './store.ts';

/** More are counted: a list brought in at once must not fill the digest. */
const mostNamed = 8;
/** Letters of what a partner does; the rest is on its card. */
const mostSaid = 160;

/** Who has become a partner since the last digest. */
export const newPartners: DigestSection = {
  name: 'new-partners',
  title: (reader) => say.plain(reader, 'digest.title'),
  async collect({ coalition, since, until, reader, tools }) {
    const found = await listNewPartners(tools.database, coalition.id, { since, until, most: mostNamed });
    const items = found.partners.map((partner): DigestItem => {
      const line = partnerLine(partner);
      const does = partner.does === '' ? [] : [`: ${shortened(partner.does.replace(/\s+/g, ' '), mostSaid)}`];
      return { key: partner.id, label: partner.name, parts: [paragraph([...line, ...does])] };
    });
    const rest = found.total - items.length;
    if (rest <= 0) return items;
    const more = say(reader, 'digest.more', { rest, list: code('/partners') });
    return [
      ...items,
      { key: 'more', label: say.plain(reader, 'digest.more-label', { rest }), parts: [note(more)] },
    ];
  },
};
