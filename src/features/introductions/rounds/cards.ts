import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { count, id, oneOf, press, word } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, joined, type Text, text } from '../../../core/text.ts';
import { mention, sayPeople, sayReason } from '../groups/cards.ts';
import type { Group, GroupId, RoundId } from '../groups/rules.ts';
import { type History, metBefore } from '../matching/history/rules.ts';
import type { Absence, Candidate } from '../people/rules.ts';
import { say } from '../words.ts';
import type { Round } from './store.ts';

export const skipPress = press('introductions.skip', { date: word });
const round = id<RoundId>();
const group = id<GroupId>();
export const sendNowPress = press('introductions.send-now', { round });
export const drawAgainPress = press('introductions.draw-again', { round });
export const pagePress = press('introductions.page', { page: count });
export const choosePress = press('introductions.choose', { round });
export const lockPress = press('introductions.lock', { group, to: oneOf(['locked', 'open']) });
export const removePress = press('introductions.remove', { group, member: id<MemberId>() });
export const exchangePress = press('introductions.exchange-open', { round });
export const exchangeFormPress = press('introductions.exchange', { round });

/** What the introductions of one page of the preview may take of a card's text, and the most of them. */
const pageLength = 2500;
const mostPerPage = 20;

export function headsUpCard(reader: Reader, date: string, at: Date, timeZone: string): Card {
  return card(
    heading(say.plain(reader, 'heads-up.title')),
    paragraph(say(reader, 'heads-up.text', { at: instant(at, timeZone) })),
    buttons({ id: skipPress.encode({ date }), label: say.plain(reader, 'button.skip') }),
  );
}

export function restedCard(reader: Reader): Card {
  return card(paragraph(say(reader, 'rested.text', { resume: code('/intros resume') })));
}

export function drawnCard(reader: Reader, groups: number, at: Date, timeZone: string): Card {
  const values = { groups, at: instant(at, timeZone), preview: code('/intros preview') };
  return card(
    heading(say.plain(reader, 'draw.title')),
    paragraph(say(reader, 'draw.text', values)),
    buttons({ id: pagePress.encode({ page: 0 }), label: say.plain(reader, 'preview.change') }),
  );
}

export type Preview = {
  readonly date: string;
  readonly sendAt: Date;
  readonly timeZone: string;
  /** Null while the round has not been drawn: a dry run, in which nothing can be changed. */
  readonly round: Round | null;
  readonly groups: readonly Group[];
  readonly history: History;
  readonly absent: readonly { readonly one: Candidate; readonly why: Absence | 'left' }[];
  readonly page: number;
};

/** Everything staff need to judge a round: who meets whom, why, and who does not, and why not. */
export function previewCard(reader: Reader, of: Preview): Card {
  const lines = of.groups.map((one, at) => groupLine(reader, one, of.history, at + 1));
  const starts = pageStarts(lines.map((line) => plainText(line, reader).length));
  const page = Math.min(of.page, starts.length - 1);
  const from = starts[page] ?? 0;
  const to = starts[page + 1] ?? lines.length;
  const shown = of.groups.slice(from, to);
  const again = of.groups.filter((one) => timesBefore(one, of.history) > 0).length;
  return card(
    heading(say.plain(reader, 'preview.title', { date: of.date })),
    paragraph(
      of.round
        ? say(reader, 'preview.when', { at: instant(of.sendAt, of.timeZone) })
        : say(reader, 'preview.dry'),
    ),
    of.groups.length === 0 && paragraph(say(reader, 'preview.empty')),
    shown.length > 0 && list(lines.slice(from, to)),
    of.groups.length > 0 && note(say(reader, 'preview.rules', { fresh: of.groups.length - again, again })),
    page === 0 && of.absent.length > 0 && note(absentLine(reader, of.absent)),
    of.round &&
      shown.length > 0 && {
        part: 'select',
        select: {
          id: choosePress.encode({ round: of.round.id }),
          placeholder: say.plain(reader, 'preview.change'),
          choices: shown.map((one, at) => ({ value: one.id, label: groupLabel(one, from + at + 1) })),
        },
      },
    of.groups.length > 0 && previewButtons(reader, { ...of, page }, to >= lines.length),
  );
}

/** Where each page begins, so that the lines on it fit. */
function pageStarts(lengths: readonly number[]): number[] {
  const starts = [0];
  let length = 0;
  for (const [at, each] of lengths.entries()) {
    const count = at - (starts.at(-1) ?? 0);
    if (count > 0 && (length + each > pageLength || count >= mostPerPage)) {
      starts.push(at);
      length = 0;
    }
    length += each;
  }
  return starts;
}

function previewButtons(reader: Reader, of: Preview, isLast: boolean) {
  const next = { id: pagePress.encode({ page: of.page + 1 }), label: say.plain(reader, 'button.more') };
  if (!of.round) return buttons(!isLast && next);
  const at = { round: of.round.id };
  const confirm = say.plain(reader, 'confirm.send-now', { groups: of.groups.length });
  return buttons(
    { id: sendNowPress.encode(at), label: say.plain(reader, 'button.send-now'), look: 'primary', confirm },
    { id: drawAgainPress.encode(at), label: say.plain(reader, 'button.draw-again') },
    { id: exchangePress.encode(at), label: say.plain(reader, 'button.exchange') },
    !isLast && next,
  );
}

const labelLength = limits.choiceLabel;

function groupLabel({ seats }: Group, number: number): string {
  const names = `${number}. ${seats.map(({ partner }) => partner.name).join(' + ')}`;
  return shortened(names, labelLength);
}

function groupLine(reader: Reader, of: Group, history: History, number: number): Text {
  const reason = sayReason(reader, of, timesBefore(of, history));
  const line = say(reader, 'preview.line', { people: sayPeople(reader, of.seats), reason });
  return [`${number}. `, ...line, ...(of.locked ? [' ', ...say(reader, 'preview.locked')] : [])];
}

/** How often the first two of a group were introduced before. */
function timesBefore({ seats }: Group, history: History): number {
  const [a, b] = seats;
  return a && b ? (metBefore(history, a.partner.id, b.partner.id)?.times ?? 0) : 0;
}

const mostAbsent = 8;

function absentLine(reader: Reader, absent: Preview['absent']): Text {
  const people = absent
    .slice(0, mostAbsent)
    .map(({ one, why }) =>
      say(reader, 'preview.out-one', { name: mention(one), why: say.plain(reader, `absence.${why}`) }),
    );
  const more = absent.length > mostAbsent ? text(` + ${absent.length - mostAbsent}`) : [];
  return say(reader, 'preview.out', { people: [...joined(people, ', '), ...more] });
}

/** One introduction of a proposal, with what staff can do about it. */
export function groupCard(reader: Reader, of: Group, history: History): Card {
  const to = of.locked ? 'open' : 'locked';
  return card(
    paragraph(
      say(reader, 'preview.line', {
        people: sayPeople(reader, of.seats),
        reason: sayReason(reader, of, timesBefore(of, history)),
      }),
    ),
    of.locked && note(say(reader, 'preview.locked')),
    buttons(
      {
        id: lockPress.encode({ group: of.id, to }),
        label: say.plain(reader, of.locked ? 'button.unlock' : 'button.lock'),
      },
      ...of.seats.map((seat) => ({
        id: removePress.encode({ group: of.id, member: seat.memberId }),
        label: shortened(say.plain(reader, 'button.remove', { name: seat.name }), labelLength),
      })),
    ),
  );
}

export type RoundCount = {
  readonly date: string;
  readonly sent: number;
  readonly met: number;
  readonly planned: number;
  readonly out: number;
  readonly silent: number;
};

export function historyCard(
  reader: Reader,
  of: {
    rounds: readonly RoundCount[];
    pairs: number;
    edges: readonly { one: string; other: string; outcome: string }[];
    rested: readonly Candidate[];
  },
): Card {
  const { rounds, pairs, edges, rested } = of;
  return card(
    heading(say.plain(reader, 'history.title')),
    rounds.length === 0 && pairs === 0
      ? paragraph(say(reader, 'history.none'))
      : paragraph(say(reader, 'history.pairs', { pairs })),
    rounds.length > 0 && list(rounds.map((each) => say(reader, 'history.round', each))),
    edges.length > 0 && paragraph(say(reader, 'history.outcomes')),
    edges.length > 0 &&
      list(
        edges.map(({ outcome, ...partners }) =>
          say(reader, 'history.edge', {
            ...partners,
            outcome: say.plain(reader, `outcome.${outcome}` as never),
          }),
        ),
      ),
    rested.length > 0 && paragraph(say(reader, 'history.rested')),
    rested.length > 0 &&
      list([
        ...rested.slice(0, mostAbsent).map((one) => text(mention(one), ` (${one.partner.name})`)),
        ...(rested.length > mostAbsent ? [text(`+ ${rested.length - mostAbsent}`)] : []),
      ]),
  );
}
