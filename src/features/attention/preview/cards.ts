import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { count, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, type Text } from '../../../core/text.ts';
import type { DryRun } from '../../../outreach/dry-run.ts';
import { say } from '../words.ts';
import type { Grouped } from './rules.ts';
import type { Named } from './store.ts';

export const sentPress = press('attention.sent', { member: word, page: count });
/** In a button's address: not one person, but everybody. */
export const everybody = 'all';
export const previewPress = press('attention.preview', { days: count, page: count });

const namesShown = 2;
/** Groups on one page; they are long lines. */
const groupsShown = 7;
/** Letters of a person's or organisation's name, a title and a reason. */
const letters = { name: 32, title: 60, why: 150 };

type Preview = {
  readonly days: number;
  readonly page: number;
  readonly waiting: readonly Grouped[];
  readonly coming: readonly Grouped[];
  readonly names: ReadonlyMap<MemberId, Named>;
  readonly run: Pick<DryRun, 'cut' | 'tried' | 'broken'>;
  readonly paused: boolean;
};

export function previewCard(reader: Reader, of: Preview): Card {
  const { waiting, coming, run, days } = of;
  const all = [...waiting, ...coming];
  const pages = Math.max(1, Math.ceil(all.length / groupsShown));
  const page = Math.min(Math.max(of.page, 0), pages - 1);
  const shown = all.slice(page * groupsShown, (page + 1) * groupsShown);
  const lines = (groups: readonly Grouped[], key: 'preview.waiting' | 'preview.coming') => {
    const here = shown.filter((group) => groups.includes(group));
    if (here.length === 0) return [];
    return [heading(say.plain(reader, key)), list(here.map((group) => sayGroup(reader, group, of.names)))];
  };
  const turn = (to: number, key: 'preview.before' | 'preview.after') => ({
    id: previewPress.encode({ days, page: to }),
    label: say.plain(reader, key, { page: to + 1, pages }),
  });
  return card(
    heading(say.plain(reader, 'preview.title')),
    of.paused && paragraph(say(reader, 'preview.paused', { resume: code('/coalition resume') })),
    all.length === 0 && paragraph(say(reader, 'preview.none', { days })),
    ...lines(waiting, 'preview.waiting'),
    ...lines(coming, 'preview.coming'),
    run.cut && note(say(reader, 'preview.cut', { tried: run.tried })),
    run.broken !== null && note(say(reader, 'preview.broken', { kind: run.broken })),
    pages > 1 &&
      buttons(
        page > 0 && turn(page - 1, 'preview.before'),
        page < pages - 1 && turn(page + 1, 'preview.after'),
      ),
  );
}

type Gone = {
  readonly groups: readonly Grouped[];
  readonly names: ReadonlyMap<MemberId, Named>;
  /** Of whom alone, as the button carries it, and by name; `everybody` and null for all. */
  readonly member: string;
  readonly name: string | null;
  readonly page: number;
  readonly days: number;
  readonly cut: boolean;
};

/** What went out by itself lately: who, what, when and why. */
export function sentCard(reader: Reader, of: Gone): Card {
  const { groups, name, days, member } = of;
  const pages = Math.max(1, Math.ceil(groups.length / groupsShown));
  const page = Math.min(Math.max(of.page, 0), pages - 1);
  const shown = groups.slice(page * groupsShown, (page + 1) * groupsShown);
  const title = name
    ? say.plain(reader, 'sent.title-one', { name: shortened(name, letters.name), days })
    : say.plain(reader, 'sent.title', { days });
  const turn = (to: number, key: 'preview.before' | 'preview.after') => ({
    id: sentPress.encode({ member, page: to }),
    label: say.plain(reader, key, { page: to + 1, pages }),
  });
  return card(
    heading(title),
    groups.length === 0
      ? paragraph(say(reader, 'sent.none', { preview: code('/attention preview') }))
      : list(shown.map((group) => sayGroup(reader, group, of.names))),
    of.cut && note(say(reader, 'sent.cut')),
    pages > 1 &&
      buttons(
        page > 0 && turn(page - 1, 'preview.before'),
        page < pages - 1 && turn(page + 1, 'preview.after'),
      ),
  );
}

function sayGroup(reader: Reader, group: Grouped, names: Preview['names']): Text {
  const [feature = '', ...kind] = group.job.split('.');
  const key = group.why ? 'because.given' : (`because.${group.kind}` as const);
  const why = say(reader, key, {
    feature,
    kind: kind.join('.'),
    why: shortened(plainText(group.why ?? [], reader), letters.why),
  });
  return say(reader, 'preview.item', {
    what: shortened(group.title ?? say.plain(reader, 'preview.untitled'), letters.title),
    who: sayWho(reader, group, names),
    when: sayWhen(reader, group),
    why,
  });
}

function sayWho(reader: Reader, { to, members }: Grouped, names: Preview['names']): string {
  if (to === 'channel') return say.plain(reader, 'preview.channel');
  if (to === 'staff') return say.plain(reader, 'preview.staff');
  const known = members.flatMap((id) => names.get(id) ?? []);
  const first = known.slice(0, namesShown).map(sayNamed);
  const rest = members.length - first.length;
  return say.plain(reader, 'preview.people', { names: first.join(', '), rest });
}

/** Each shortened by itself, so that the bracket closes. */
function sayNamed({ name, partner }: Named): string {
  const short = shortened(name, letters.name);
  return partner ? `${short} (${shortened(partner, letters.name)})` : short;
}

function sayWhen(reader: Reader, { at, became = 'sent', due, to, latest }: Grouped): Text {
  if (became !== 'sent' && typeof at !== 'string')
    return say(reader, `sent.${became}`, { at: instant(at, reader.timeZone) });
  if (at === 'late') return say(reader, 'preview.late');
  if (at === 'next') return say(reader, 'preview.next');
  if (at === 'paused') return say(reader, 'preview.after-pause', { resume: code('/coalition resume') });
  if (at === 'held')
    return say(reader, 'preview.held', { log: code('/checkin log'), held: code('/attention held') });
  const from = instant(at, reader.timeZone);
  if (!due || to !== 'people') return [from];
  if (!latest) return say(reader, 'preview.from', { at: from });
  return say(reader, 'preview.from-to', { at: from, latest: instant(latest, reader.timeZone) });
}
