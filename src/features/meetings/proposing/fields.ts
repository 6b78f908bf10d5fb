import { choice, paragraph, problem, refined, text } from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import { dayTimeField } from '../../../time/fields.ts';
import { isTimeZone } from '../../../time/wall-clock.ts';
import { closings } from '../meeting/store.ts';
import { longestPlace, longestTitle, longestWhy, parseLength, parseReminders } from './rules.ts';

export const titleField = text({ max: longestTitle });
export const whyField = paragraph({ max: longestWhy });
export const placeField = text({ max: longestPlace });
export const closingField = choice(closings, 'closing');
export const deadlineField = dayTimeField({ clock: 'coalition', ahead: true });

/** Times in a person's words: read in the submit, where the zone and the moment are known. */
export const timesField = paragraph({ max: 3000 });

export const lengthField = refined(
  text({ max: 20 }),
  (typed) => parseLength(typed) ?? problem('problem.length', { got: shortened(typed, 20) }),
);

export const zoneField = refined(text({ max: 60 }), (typed) =>
  isTimeZone(typed) ? typed : problem('problem.zone', { got: shortened(typed, 40) }),
);

export const remindersField = refined(
  text({ max: 80 }),
  (typed) => parseReminders(typed) ?? problem('problem.reminders', { got: shortened(typed, 40) }),
);
