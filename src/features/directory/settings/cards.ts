import {
  buttons,
  type Card,
  type CardButton,
  card,
  fields,
  heading,
  note,
  type Part,
  paragraph,
} from '../../../core/card.ts';
import type { MemberId } from '../../../core/ids.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { id, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { text } from '../../../core/text.ts';
import type { Coalition, Member } from '../../../core/who.ts';
import { typedDays } from '../coalition/rules.ts';
import { say } from '../words.ts';

export const namingPress = press('settings.naming', {});
export const hoursPress = press('settings.hours', {});
export const addStaffPress = press('settings.add-staff', {});
export const namingFormPress = press('settings.naming-form', {});
export const hoursFormPress = press('settings.hours-form', {});
export const addStaffFormPress = press('settings.add-staff-form', {});
export const removeStaffPress = press('settings.remove-staff', { member: id<MemberId>() });
export const removeStaffConfirmPress = press('settings.remove-staff-confirm', { member: id<MemberId>() });
export const settingsPress = press('settings.show', {});

/** More staff than this are counted; the form that adds staff knows them all by name. */
const staffShown = 12;
/** So many holidays are shown; the form has them all. */
const holidaysShown = 10;

export function settingsCard(coalition: Coalition, staff: readonly Member[], reader: Reader): Card {
  const holidays = coalition.holidays.slice(0, holidaysShown).join(', ');
  const more = coalition.holidays.length - holidaysShown;
  const label = (key: 'zone' | 'language' | 'days' | 'holidays' | 'quiet', value: string) => ({
    label: say.plain(reader, `settings.${key}`),
    value: text(value),
  });
  const quiet =
    coalition.quietHoursStart === coalition.quietHoursEnd
      ? say.plain(reader, 'settings.none')
      : `${coalition.quietHoursStart}–${coalition.quietHoursEnd}`;
  const shown = staff.slice(0, staffShown);
  return card(
    heading(coalition.name),
    fields([
      label('zone', coalition.timeZone),
      label('language', languageName(coalition.language, reader)),
      label('days', typedDays(coalition.workingDays)),
      label('quiet', quiet),
      label(
        'holidays',
        holidays === ''
          ? say.plain(reader, 'settings.none')
          : `${holidays}${more > 0 ? say.plain(reader, 'settings.and-more', { more }) : ''}`,
      ),
    ]),
    paragraph(say(reader, 'settings.staff')),
    { part: 'people', people: shown.map(({ name, partner }) => ({ name, note: partner?.name ?? '' })) },
    staff.length > shown.length &&
      note(say(reader, 'settings.more-staff', { more: staff.length - shown.length })),
    buttons(
      { id: namingPress.encode({}), label: say.plain(reader, 'settings.edit-naming') },
      { id: hoursPress.encode({}), label: say.plain(reader, 'settings.edit-hours') },
      { id: addStaffPress.encode({}), label: say.plain(reader, 'settings.add-staff') },
      ...shown.map((member): CardButton => removeButton(member, reader)),
    ),
  );
}

function removeButton(member: Member, reader: Reader): CardButton {
  const label = shortened(say.plain(reader, 'settings.remove', { name: member.name }), limits.buttonLabel);
  return { id: removeStaffPress.encode({ member: member.id }), label, look: 'danger' };
}

export function removeStaffCard(member: Member, isSelf: boolean, reader: Reader): Card {
  const of: Part = paragraph(
    say(reader, isSelf ? 'settings.remove-self' : 'settings.remove-what', { name: member.name }),
  );
  return card(
    heading(say.plain(reader, 'settings.remove-title', { name: shortened(member.name, 80) })),
    of,
    buttons(
      {
        id: removeStaffConfirmPress.encode({ member: member.id }),
        label: say.plain(reader, 'settings.remove-confirm'),
        look: 'danger',
      },
      { id: settingsPress.encode({}), label: say.plain(reader, 'settings.keep') },
    ),
  );
}

function languageName(language: string, reader: Reader): string {
  const key = `language.${language}`;
  return say.has(key) ? say.plain(reader, key as 'language.en') : language;
}
