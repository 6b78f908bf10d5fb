import { paragraph } from '../../../core/card.ts';
import type { DigestItem, DigestSection } from '../../../core/digest-section.ts';
import { plainText } from '../../../core/plain-text.ts';
import type { Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import { countMade } from './store.ts';

/** How many were introduced and have met since the last digest. Who they are is theirs to tell. */
export const madeSection: DigestSection = {
  name: 'introductions',
  title: (reader) => say.plain(reader, 'digest.title'),
  async collect({ coalition, since, until, reader, tools }) {
    const { made, met } = await countMade(tools.database, coalition.id, since, until);
    const item = (key: string, words: Text): DigestItem => ({
      key,
      label: plainText(words, reader),
      parts: [paragraph(words)],
      minor: true,
    });
    return [
      ...(made > 0 ? [item('made', say(reader, 'digest.made', { made }))] : []),
      ...(met > 0 ? [item('met', say(reader, 'digest.met', { met }))] : []),
    ];
  },
};
