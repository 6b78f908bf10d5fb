import { buttons, type Card, heading, list, note, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { plainText, shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import { fitted, reasonText, wantedOf, whenText } from '../meeting/cards.ts';
import type { Meeting, MeetingId, Slot, SlotId } from '../meeting/store.ts';
import { rankSlots, type Standing } from '../ranking/rules.ts';
import { say } from '../words.ts';

export const choosePress = press('meet.choose', { slot: id<SlotId>() });
export const chooseAnywayPress = press('meet.choose-anyway', { slot: id<SlotId>() });
export const chooseListPress = press('meet.choose-list', { meeting: id<MeetingId>() });

const mostChoices = 10;
const mostNamed = 20;

/** The times from best to worst, each with its reason and a button, for whoever chooses. */
export function chooseCard(
  of: Meeting,
  {
    slots,
    required,
    reader,
    above,
  }: { slots: readonly Slot[]; required: number; reader: Reader; above?: Text },
): Card {
  const ranked = rankSlots(slots, wantedOf(of, required)).slice(0, mostChoices);
  return fitted(
    reader,
    heading(say.plain(reader, 'choose.title', { title: of.title })),
    above && paragraph(above),
    ranked.length === 0 && paragraph(say(reader, 'choose.none')),
    ranked.length > 0 &&
      list(
        ranked.map((each) => [
          { bold: [`${each.slot.position}. `, ...whenText(each.slot, of.timeZone, reader)] },
          ' – ',
          ...reasonText(each, of, reader),
        ]),
      ),
    ranked.length > 0 &&
      buttons(
        ...ranked.map(({ slot, standing }) => ({
          id: choosePress.encode({ slot: slot.id }),
          label: chooseLabel(slot, of, reader),
          ...(standing.meets ? { look: 'primary' as const } : {}),
        })),
      ),
    note(say(reader, 'choose.next', { number: of.number })),
  );
}

function chooseLabel(slot: Slot, of: Meeting, reader: Reader): string {
  const when = plainText(whenText(slot, of.timeZone, { ...reader, timeZone: of.timeZone }), {
    ...reader,
    timeZone: of.timeZone,
  });
  const facts = { number: slot.position, when: when.replace(/ \([^)]*\)$/, '') };
  return shortened(say.plain(reader, 'choose.button', facts), limits.buttonLabel);
}

/** Asked before a time is taken that has not everybody it needs. */
export function belowCard(
  of: Meeting,
  slot: Slot,
  standing: Standing,
  scope: {
    missing: readonly string[];
    sectors: readonly string[];
    silent: readonly string[];
    reader: Reader;
  },
): Card {
  const { missing, sectors, silent, reader } = scope;
  const names = (all: readonly string[]) =>
    all.slice(0, mostNamed).join(', ') + (all.length > mostNamed ? ` +${all.length - mostNamed}` : '');
  return fitted(
    reader,
    heading(say.plain(reader, 'below.title', { title: of.title })),
    paragraph([{ bold: whenText(slot, of.timeZone, reader) }]),
    !standing.quorate &&
      paragraph(say(reader, 'below.quorum', { coming: standing.coming, quorum: of.quorum })),
    missing.length > 0 && paragraph(say(reader, 'below.required', { names: names(missing) })),
    of.spread && sectors.length > 0 && paragraph(say(reader, 'below.sectors', { names: names(sectors) })),
    silent.length > 0 && note(say(reader, 'below.silent', { names: names(silent) })),
    buttons(
      {
        id: chooseAnywayPress.encode({ slot: slot.id }),
        label: say.plain(reader, 'button.anyway'),
        look: 'danger',
      },
      { id: chooseListPress.encode({ meeting: of.id }), label: say.plain(reader, 'button.back') },
    ),
  );
}
