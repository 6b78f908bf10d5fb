import {
  buttons,
  type Card,
  type CardButton,
  type CardField,
  card,
  fields,
  heading,
  list,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { id, oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { instant, type Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import type { Schedule } from '../issue/store.ts';
import { say } from '../words.ts';
import { latelyDays, type Pick, type Portrait } from './rules.ts';
import type { Turn, TurnId } from './store.ts';

const turnSlot = { turn: id<TurnId>() };
export const approvePress = press('spotlight.approve', turnSlot);
export const editPress = press('spotlight.edit', turnSlot);
export const wordsPress = press('spotlight.words', turnSlot);
export const postponePress = press('spotlight.postpone', turnSlot);
export const declinePress = press('spotlight.decline', turnSlot);
export const consentPress = press('spotlight.consent', { consent: oneOf(['yes', 'no'] as const) });

const questions = ['working', 'fits', 'needs', 'offers'] as const;

/** A partner as the digest shows it. */
export function portraitParts(partner: string, words: Portrait, reader: Reader): Part[] {
  const said: CardField[] = questions.flatMap((question) =>
    words[question].trim() === ''
      ? []
      : [{ label: say.plain(reader, `spotlight.${question}`), value: [words[question]] }],
  );
  return [paragraph([{ bold: [partner] }]), ...(said.length > 0 ? [fields(said)] : [])];
}

/** Where a partner's turn stands, and what its voice can do about it. */
export function turnCard(
  turn: Turn,
  schedule: NextIssue,
  coalition: Coalition,
  reader: Reader,
  notice: Text | null = null,
): Card {
  const values = {
    partner: turn.partnerName,
    coalition: coalition.name,
    due: instant(schedule.issue.dueAt, coalition.timeZone),
    deadline: instant(turn.answerBy, coalition.timeZone),
    shown: instant(turn.shownAt ?? turn.answerBy, coalition.timeZone, 'date'),
  };
  const isOpen = turn.state === 'asked' || turn.state === 'approved' || turn.state === 'own-card';
  const words = turn.state === 'own-card' ? turn.ownCard : turn.words;
  return card(
    heading(say.plain(reader, 'spotlight.title')),
    notice !== null && paragraph(notice),
    paragraph(say(reader, `turn.${turn.state}`, values)),
    ...(isOpen || turn.state === 'shown' ? portraitParts(turn.partnerName, words, reader) : []),
    turn.state === 'asked' && note(say(reader, `turn.silent-${schedule.whenSilent}`, values)),
    isOpen && buttons(...turnButtons(turn, reader)),
  );
}

type NextIssue = { readonly whenSilent: Schedule['whenSilent']; readonly issue: { readonly dueAt: Date } };

function turnButtons({ id: turn, state }: Turn, reader: Reader): (CardButton | false)[] {
  const label = (key: 'approve' | 'edit' | 'postpone' | 'decline') => say.plain(reader, `turn.${key}`);
  return [
    state !== 'approved' && {
      id: approvePress.encode({ turn }),
      label: label('approve'),
      look: 'primary',
    },
    { id: editPress.encode({ turn }), label: label('edit') },
    { id: postponePress.encode({ turn }), label: label('postpone') },
    { id: declinePress.encode({ turn }), label: label('decline') },
  ];
}

/** A partner's own page on the spotlight: whether it consents, and its latest turn. */
export function consentParts(partner: string, consents: boolean, reader: Reader): Part[] {
  const next = consents ? 'no' : 'yes';
  return [
    paragraph(say(reader, `consent.${consents ? 'given' : 'refused'}`, { partner })),
    buttons({
      id: consentPress.encode({ consent: next }),
      label: say.plain(reader, `consent.${consents ? 'take-back' : 'give'}`),
    }),
  ];
}

/** Why a partner comes where it does, in a sentence that staff can repeat to anybody. */
export function pickLine(pick: Pick, name: string, reader: Reader): Text {
  return say(reader, 'order.line', {
    partner: { bold: [name] },
    round: pick.round,
    contributions: pick.candidate.contributions,
    days: latelyDays,
    putOff: pick.putOff,
    sector: say(reader, `order.sector-${pick.sectorReason}`, { sector: pick.candidate.sector }),
  });
}

export function orderCard(
  of: {
    now: Text;
    lines: readonly Text[];
    more: number;
    noConsent: number;
    nobodyToAsk: number;
  },
  reader: Reader,
): Card {
  return card(
    heading(say.plain(reader, 'order.title')),
    paragraph(of.now),
    paragraph(say(reader, of.lines.length > 0 ? 'order.next' : 'order.none')),
    of.lines.length > 0 && list(of.lines, true),
    of.more > 0 && note(say(reader, 'order.more', { count: of.more })),
    of.noConsent + of.nobodyToAsk > 0 &&
      note(say(reader, 'order.left-out', { noConsent: of.noConsent, nobodyToAsk: of.nobodyToAsk })),
    note(say(reader, 'order.rule', { days: latelyDays })),
  );
}
