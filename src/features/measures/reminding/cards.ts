import type { Card } from '../../../core/card.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import { joined, type Text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { type Figure, sayFigure } from '../figures/rules.ts';
import {
  byWhatMatters,
  type How,
  type LastFigure,
  requestCard,
  requestsCard,
  sayPeriod,
} from '../requests/cards.ts';
import type { Request } from '../requests/store.ts';
import { say } from '../words.ts';
import type { ReminderStep, Track } from './store.ts';

export type Reminded = { readonly request: Request; readonly step: ReminderStep };

const howOf = (step: ReminderStep): How =>
  step === 'alternate' ? 'alternate' : step.startsWith('passed-on') ? 'passed-on' : 'usual';

/** To one person, everything they are reminded of. */
export function reminderCard(
  reminded: readonly Reminded[],
  of: { reader: Reader; now: Date; last: LastFigure; others: number; coalition: string },
): Card {
  const { reader, now, last, others } = of;
  const order = byWhatMatters(now);
  const sorted = [...reminded].sort((a, b) => order(a.request, b.request));
  const [only] = sorted;
  const lead = say(reader, 'reminder.lead', { coalition: of.coalition, count: sorted.length });
  if (only && sorted.length === 1 && others === 0) {
    return requestCard(only.request, { reader, now, last, told: lead, how: howOf(only.step) });
  }
  const lines = sorted.map(({ request, step }) => ({ request, how: howOf(step) }));
  return requestsCard(lines, { reader, now, page: 0, lead, others });
}

/** For whoever talks with a partner: what was asked, what is known, and how to begin. */
export function checkInWords(
  coalition: Coalition,
  of: {
    request: Request;
    people: readonly Member[];
    track: Track;
    last: Figure | null;
    points: readonly Text[];
  },
): Text {
  const { request, track, last, points } = of;
  const figure = last ? shortened(sayFigure(last, request.measure.unit, coalition.language), 80) : '';
  const [first] = of.people;
  const facts = {
    partner: request.partner.name,
    name: request.measure.name,
    period: sayPeriod(request, coalition),
    given: track.given,
    asked: track.asked,
    onTime: track.onTime,
    figure,
    who: first ? { member: first.id, name: first.name } : '',
  };
  return [
    ...say(coalition, first ? 'task.check-in' : 'task.nobody', facts),
    ' ',
    ...say(coalition, 'task.track', facts),
    ...(figure === '' ? [] : [' ', ...say(coalition, 'task.last', facts)]),
    ' ',
    ...say(coalition, 'task.begin', facts),
    ...(points.length === 0 ? [] : [' ', ...say(coalition, 'task.points'), ' ', ...joined(points, ' · ')]),
  ];
}
