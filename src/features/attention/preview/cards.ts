import { type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, type Text } from '../../../core/text.ts';
import type { DryRun } from '../../../outreach/dry-run.ts';
import { say } from '../words.ts';
import type { Grouped } from './rules.ts';

const namesShown = 4;
/** Groups on the card; they are long lines. */
export const groupsShown = 7;

export type Preview = {
  readonly days: number;
  readonly waiting: readonly Grouped[];
  readonly coming: readonly Grouped[];
  readonly names: ReadonlyMap<MemberId, string>;
  readonly run: Pick<DryRun, 'cut' | 'broken'>;
  readonly most: number;
  readonly paused: boolean;
};

export function previewCard(reader: Reader, of: Preview): Card {
  const { waiting, coming, run } = of;
  const lines = (groups: readonly Grouped[]) =>
    list(groups.slice(0, groupsShown).map((group) => sayGroup(reader, group, of.names)));
  const rest = (groups: readonly Grouped[]) => {
    const count = groups.length - groupsShown;
    return count > 0 && note(say(reader, 'preview.more', { rest: count }));
  };
  const nothing = waiting.length + coming.length === 0;
  return card(
    heading(say.plain(reader, 'preview.title')),
    of.paused && paragraph(say(reader, 'preview.paused', { resume: code('/coalition resume') })),
    nothing && paragraph(say(reader, 'preview.none', { days: of.days })),
    waiting.length > 0 && heading(say.plain(reader, 'preview.waiting')),
    waiting.length > 0 && lines(waiting),
    rest(waiting),
    coming.length > 0 && heading(say.plain(reader, 'preview.coming')),
    coming.length > 0 && lines(coming),
    rest(coming),
    run.cut && note(say(reader, 'preview.cut', { most: of.most })),
    run.broken !== null && note(say(reader, 'preview.broken', { kind: run.broken })),
  );
}

function sayGroup(reader: Reader, group: Grouped, names: Preview['names']): Text {
  const [feature = '', ...kind] = group.job.split('.');
  const key = group.why ? 'because.given' : (`because.${group.kind}` as const);
  const why = say(reader, key, { feature, kind: kind.join('.'), why: group.why ?? [] });
  return say(reader, 'preview.item', {
    what: group.title ?? say.plain(reader, 'preview.untitled'),
    who: sayWho(reader, group, names),
    when: sayWhen(reader, group),
    why,
  });
}

function sayWho(reader: Reader, { to, members }: Grouped, names: Preview['names']): string {
  if (to === 'channel') return say.plain(reader, 'preview.channel');
  if (to === 'staff') return say.plain(reader, 'preview.staff');
  const known = members.flatMap((id) => names.get(id) ?? []);
  const rest = members.length - Math.min(known.length, namesShown);
  return say.plain(reader, 'preview.people', { names: known.slice(0, namesShown).join(', '), rest });
}

function sayWhen(reader: Reader, { at }: Grouped): Text {
  if (at === 'next') return say(reader, 'preview.next');
  if (at === 'held')
    return say(reader, 'preview.held', { log: code('/checkin log'), held: code('/attention held') });
  return [instant(at, reader.timeZone)];
}
