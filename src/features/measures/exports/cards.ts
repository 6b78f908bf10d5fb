import { buttons, type Card, card, heading, note, type Part, paragraph } from '../../../core/card.ts';
import type { LongWorkState } from '../../../core/command.ts';
import type { Id } from '../../../core/ids.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { bold, code, instant } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { TokenLine } from './store.ts';

type TokenId = Id<'measure-token'>;
export const revokePress = press('measures.revoke', { token: id<TokenId>() });

export type Exported = {
  readonly format: 'csv' | 'json';
  readonly figures: string;
  readonly definitions: string;
  readonly total: number;
  readonly date: string;
};

export function exportParts(of: Exported, reader: Reader): Part[] {
  const { format, date, total } = of;
  const about = paragraph(say(reader, 'export.done', { total }));
  if (format === 'json') {
    const name = `measures-${date}.json`;
    return [about, { part: 'file', name, mediaType: 'application/json', content: of.figures }];
  }
  const mediaType = 'text/csv; charset=utf-8';
  return [
    about,
    { part: 'file', name: `measures-${date}.csv`, mediaType, content: of.definitions },
    { part: 'file', name: `figures-${date}.csv`, mediaType, content: of.figures },
    note(say(reader, 'export.note')),
  ];
}

/** Inside the progress card. */
export function exportWorkParts({ state, result }: LongWorkState, reader: Reader): readonly Part[] {
  return state === 'finished'
    ? exportParts(result as Exported, reader)
    : [paragraph(say(reader, 'export.work'))];
}

/** Shown once: nobody can look it up again. */
export function tokenCard(of: { token: string; name: string; scope: string }, reader: Reader): Card {
  return card(
    heading(say.plain(reader, 'token.title')),
    paragraph(say(reader, 'token.here', { name: bold(of.name) })),
    paragraph([code(of.token)]),
    paragraph(say(reader, `token.${of.scope as 'totals'}`)),
    note(say(reader, 'token.how', { header: code('Authorization: Bearer …'), path: code('/api/data') })),
  );
}

export function tokensCard(tokens: readonly TokenLine[], timeZone: string, reader: Reader): Card {
  if (tokens.length === 0) return card(paragraph(say(reader, 'tokens.none')));
  return card(
    heading(say.plain(reader, 'tokens.title')),
    ...tokens.slice(0, 10).flatMap((token): Part[] => {
      const facts = {
        name: bold(token.name),
        scope: say.plain(reader, `token-scope.${token.scope}`),
        made: instant(token.madeAt, timeZone, 'date'),
      };
      const used = token.usedAt && instant(token.usedAt, timeZone, 'date');
      return [
        paragraph([
          ...say(reader, 'tokens.line', facts),
          ' ',
          ...(used ? say(reader, 'tokens.used', { used }) : say(reader, 'tokens.unused')),
        ]),
        buttons({
          id: revokePress.encode({ token: token.id as TokenId }),
          label: say.plain(reader, 'button.revoke', { name: shortened(token.name, 50) }),
          look: 'danger',
          confirm: say.plain(reader, 'tokens.confirm'),
        }),
      ];
    }),
  );
}
