import {
  buttons,
  type Card,
  type CardField,
  card,
  divider,
  fields,
  heading,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import { press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { exportPress, forgetPress, leavePress } from '../leaving/cards.ts';
import { say } from '../words.ts';
import type { OwnSettings } from './store.ts';

export const ownSettingsPress = press('coalition.my-settings', {});
export const ownSettingsFormPress = press('coalition.me-form', {});

type Counts = { readonly accounts: number; readonly touchpoints: number; readonly messages: number };

export function meCard(
  of: {
    coalition: Coalition;
    member: Member;
    settings: OwnSettings;
    counts: Counts;
    /** From every feature: what they hold, and what is asked of them. */
    places: readonly Part[];
    /** Direct messages to them had failed, and are tried again from now on. */
    triedAgain: boolean;
    now: Date;
  },
  reader: Reader,
): Card {
  const { coalition, member, settings, places } = of;
  const standing = say.plain(reader, `standing.${member.standing}`);
  const field = (key: 'zone' | 'languages' | 'quiet' | 'away' | 'as', value: CardField['value']) => ({
    label: say.plain(reader, `me.${key}`),
    value,
  });
  const quiet = settings.quietHours
    ? `${settings.quietHours.start}–${settings.quietHours.end}`
    : say.plain(reader, 'me.quiet-shared', {
        hours: `${coalition.quietHoursStart}–${coalition.quietHoursEnd}`,
      });
  const isAway = settings.awayUntil !== null && settings.awayUntil > of.now;
  return card(
    heading(say.plain(reader, 'me.title', { coalition: coalition.name })),
    paragraph(
      member.partner
        ? say(reader, 'me.for', { name: member.partner.name })
        : say(reader, 'me.for-nobody', { join: code('/coalition join') }),
    ),
    of.triedAgain && paragraph(say(reader, 'me.tried-again')),
    fields([
      field('as', text(standing)),
      field('zone', text(settings.timeZone)),
      field('languages', text(settings.languages.join(', ') || say.plain(reader, 'me.unsaid'))),
      field('quiet', text(quiet)),
      ...(isAway && settings.awayUntil
        ? [field('away', text(instant(settings.awayUntil, settings.timeZone, 'date')))]
        : []),
    ]),
    divider,
    ...(places.length > 0 ? places : [paragraph(say(reader, 'me.nothing-asked'))]),
    divider,
    storedNote(of.counts, reader),
    buttons(
      { id: ownSettingsPress.encode({}), label: say.plain(reader, 'me.settings'), look: 'primary' },
      { id: exportPress.encode({}), label: say.plain(reader, 'me.export') },
      { id: leavePress.encode({}), label: say.plain(reader, 'leave.confirm') },
      { id: forgetPress.encode({}), label: say.plain(reader, 'me.forget'), look: 'danger' },
    ),
  );
}

/** For somebody who left and has not asked to be forgotten. */
export function formerCard(coalition: string, leftAt: Date, counts: Counts, reader: Reader): Card {
  const at = instant(leftAt, reader.timeZone, 'date');
  return card(
    heading(say.plain(reader, 'me.title', { coalition })),
    paragraph(say(reader, 'me.left', { at, join: code('/coalition join') })),
    storedNote(counts, reader),
    buttons(
      { id: exportPress.encode({}), label: say.plain(reader, 'me.export') },
      { id: forgetPress.encode({}), label: say.plain(reader, 'me.forget'), look: 'danger' },
    ),
  );
}

const storedNote = (counts: Counts, reader: Reader): Part => note(say(reader, 'me.stored', counts));

export function exportCard(content: string, reader: Reader): Card {
  return card(
    paragraph(say(reader, 'me.exported')),
    { part: 'file', name: 'what-is-stored-about-me.json', mediaType: 'application/json', content },
    note(say(reader, 'me.exported-note')),
  );
}
