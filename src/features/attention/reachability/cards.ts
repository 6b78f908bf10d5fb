import { type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, type Text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Unreachable, Way } from './store.ts';

function sayWhy(reader: Reader, why: string): string {
  const known = `why.${why}`;
  return say.plain(reader, say.has(known) ? (known as 'why.gone') : 'why.other');
}

const mend = (reader: Reader) =>
  note(say(reader, 'reach.mend', { me: code('/coalition me'), link: code('/coalition link-me') }));

function sayState(reader: Reader, way: Way): Text {
  const reached = way.reachedAt && instant(way.reachedAt, reader.timeZone);
  if (way.removed) return [sayWhy(reader, 'removed')];
  if (way.failsSince) {
    const facts = { at: instant(way.failsSince, reader.timeZone), why: sayWhy(reader, way.why ?? 'other') };
    return reached
      ? say(reader, 'reach.fails-had', { ...facts, reached })
      : say(reader, 'reach.fails', facts);
  }
  return reached ? say(reader, 'reach.works', { at: reached }) : say(reader, 'reach.untried');
}

export function waysCard(reader: Reader, name: string, ways: readonly Way[], lost: number): Card {
  const fails = ways.every((way) => way.removed || way.failsSince !== null);
  return card(
    heading(say.plain(reader, 'reach.one', { name: shortened(name, 100) })),
    ways.length === 0
      ? paragraph(say(reader, 'reach.none', { join: code('/coalition join') }))
      : list(
          ways.map((way) =>
            say(reader, 'reach.account', {
              platform: way.platform,
              workspace: way.workspace,
              state: sayState(reader, way),
            }),
          ),
        ),
    lost > 0 && paragraph(say(reader, 'reach.lost', { count: lost })),
    fails && mend(reader),
  );
}

export function unreachableCard(
  reader: Reader,
  of: { people: readonly Unreachable[]; lost: number; reached: number; untried: number; all: number },
): Card {
  const { people, ...counts } = of;
  const rest = counts.lost - people.length;
  return card(
    heading(say.plain(reader, 'reach.title')),
    counts.lost === 0
      ? paragraph(say(reader, 'reach.all'))
      : list(
          people.map(({ name, partner, why }) =>
            say(reader, 'reach.person', {
              name: shortened(name, 80),
              partner: partner ? ` (${shortened(partner, 80)})` : '',
              why: sayWhy(reader, why),
            }),
          ),
        ),
    rest > 0 && note(say(reader, 'reach.more', { rest })),
    note(say(reader, 'reach.counts', counts)),
    counts.lost > 0 && mend(reader),
  );
}
