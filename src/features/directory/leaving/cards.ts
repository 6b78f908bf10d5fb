import { buttons, type Card, card, heading, note, type Part, paragraph, toned } from '../../../core/card.ts';
import { press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code } from '../../../core/text.ts';
import { say } from '../words.ts';

export const leavePress = press('coalition.leave', {});
export const leaveConfirmPress = press('coalition.leave-confirm', {});
export const forgetPress = press('coalition.forget', {});
export const forgetConfirmPress = press('coalition.forget-confirm', {});
export const exportPress = press('coalition.export-me', {});

/** What would happen, as it was worked out just now. */
export function leaveCard(coalition: string, consequences: readonly Part[], reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'leave.title', { coalition })),
      paragraph(say(reader, 'leave.what')),
      ...consequences,
      note(say(reader, 'leave.back', { join: code('/coalition join') })),
      buttons({
        id: leaveConfirmPress.encode({}),
        label: say.plain(reader, 'leave.confirm'),
        look: 'danger',
      }),
    ),
    'attention',
  );
}

export function leftCard(coalition: string, consequences: readonly Part[], reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'leave.done', { coalition })),
      ...consequences,
      paragraph(say(reader, 'leave.done-what', { join: code('/coalition join') })),
      buttons(
        { id: exportPress.encode({}), label: say.plain(reader, 'me.export') },
        { id: forgetPress.encode({}), label: say.plain(reader, 'me.forget'), look: 'danger' },
      ),
    ),
    'done',
  );
}

/** @param consequences empty when they left before */
export function forgetCard(hasLeft: boolean, consequences: readonly Part[], reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'forget.title')),
      paragraph(say(reader, hasLeft ? 'forget.what' : 'forget.what-here')),
      ...consequences,
      note(say(reader, 'forget.stays')),
      buttons({
        id: forgetConfirmPress.encode({}),
        label: say.plain(reader, 'forget.confirm'),
        look: 'danger',
      }),
    ),
    'attention',
  );
}

export function forgottenCard(coalition: string, reader: Reader): Card {
  return toned(
    card(
      heading(say.plain(reader, 'forget.done')),
      paragraph(say(reader, 'forget.done-what', { coalition, join: code('/coalition join') })),
    ),
    'done',
  );
}
