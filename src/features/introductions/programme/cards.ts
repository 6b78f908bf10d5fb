import { buttons, type Card, card, fields, heading, note, paragraph } from '../../../core/card.ts';
import { oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { code, instant, text } from '../../../core/text.ts';
import { say } from '../words.ts';
import type { Programme } from './rules.ts';

export const joinPress = press('introductions.join', { how: oneOf(['yes', 'no', 'channel']) });

type Times = { readonly headsUpAt: Date; readonly drawAt: Date; readonly sendAt: Date };

/** What was started, and exactly what happens when: nobody is written to before staff have read this. */
export function startedCard(
  reader: Reader,
  programme: Pick<Programme, 'cadence' | 'groupSize' | 'who'>,
  times: Times,
  timeZone: string,
): Card {
  const at = (when: Date) => text(instant(when, timeZone));
  return card(
    heading(say.plain(reader, 'started.title')),
    paragraph(
      say(reader, 'started.text', {
        cadence: say.plain(reader, `cadence.${programme.cadence}`),
        who: say.plain(reader, `audience.${programme.who}`),
        size: programme.groupSize,
      }),
    ),
    fields([
      { label: say.plain(reader, 'started.heads-up'), value: at(times.headsUpAt) },
      { label: say.plain(reader, 'started.draw'), value: at(times.drawAt) },
      { label: say.plain(reader, 'started.send'), value: at(times.sendAt) },
    ]),
    note(say(reader, 'started.next', { preview: code('/intros preview'), stop: code('/intros stop') })),
  );
}

export function invitationCard(reader: Reader, how: 'yes' | 'channel', name: string): Card {
  return card(
    heading(say.plain(reader, 'invitation.title', { name })),
    paragraph(say(reader, 'invitation.text')),
    buttons(
      { id: joinPress.encode({ how }), label: say.plain(reader, 'button.join'), look: 'primary' },
      { id: joinPress.encode({ how: 'no' }), label: say.plain(reader, 'button.decline') },
    ),
  );
}
