import { aside, shown } from '../../../core/answer.ts';
import { card, heading, list, note, paragraph, toned } from '../../../core/card.ts';
import { defineCommand } from '../../../core/command.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { listDecisions } from '../decision/store.ts';
import { say } from '../words.ts';
import { reasonDigest, troublesIn } from './rules.ts';
import { findBook, listEntries, listReasons } from './store.ts';

/** Walks the whole record: every link, every count, every reason that is still kept. */
export const verify = defineCommand({
  name: 'decide verify',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const entries = await listEntries(tools.database, coalition.id);
    const book = await findBook(tools.database, coalition.id);
    const troubles = troublesIn(entries, book);
    let reworded = 0;
    for (const decision of await listDecisions(tools.database, coalition.id, {
      states: ['closed'],
      most: 100_000,
    })) {
      const reasons = await listReasons(tools.database, coalition.id, decision.id);
      reworded += reasons.filter(
        (each) => each.text !== '' && reasonDigest(each.salt, each.text) !== each.digest,
      ).length;
    }
    const head = { code: book.head.slice(0, 12) || '-' };
    if (troubles.length === 0 && reworded === 0) {
      return shown(
        card(
          paragraph(say(reader, 'verify.good', { entries: entries.length, head })),
          note(say(reader, 'verify.compare')),
        ),
      );
    }
    const lines = troubles
      .slice(0, 10)
      .map(({ position, trouble }) => say(reader, `verify.${trouble}`, { position }));
    if (reworded > 0) lines.push(say(reader, 'verify.reasons', { count: reworded }));
    return shown(
      toned(
        card(heading(say.plain(reader, 'verify.bad')), list(lines), note(say(reader, 'verify.next'))),
        'attention',
      ),
    );
  },
});

/** The whole record as a file: one entry a line, with everything needed to count again. */
export const exportRecord = defineCommand({
  name: 'decide export',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const entries = await listEntries(tools.database, coalition.id);
    if (entries.length === 0) return aside(card(paragraph(say(reader, 'list.nothing'))));
    const content = entries
      .map(({ position, kind, body, previousHash, hash }) =>
        JSON.stringify({ position, kind, previousHash, hash, body }),
      )
      .join('\n');
    return aside(
      card(
        paragraph(say(reader, 'export.done', { entries: entries.length })),
        { part: 'file', name: 'decisions.jsonl', mediaType: 'application/jsonl', content: `${content}\n` },
        note(say(reader, 'export.how')),
      ),
    );
  },
});

/** How decisions are made here: the charter. */
export const how = defineCommand({
  name: 'decide how',
  answers: 'privately',
  by: 'member',
  async run({ asked, tools }) {
    const { coalition, reader } = asked;
    const { charter, charterBy } = await findBook(tools.database, coalition.id);
    return shown(
      card(
        heading(shortened(say.plain(reader, 'how.title', { coalition: coalition.name }), limits.heading)),
        paragraph(say(reader, 'how.opener', { opener: charter.mayOpen })),
        note(say(reader, 'how.rules')),
        list(charter.rules.map((rule) => say(reader, `how.${rule}`))),
        paragraph(
          charterBy === null ? say(reader, 'how.first') : say(reader, 'how.decided', { number: charterBy }),
        ),
        note(say(reader, 'how.change')),
      ),
    );
  },
});
