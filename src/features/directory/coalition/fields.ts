import { problem, refined, text } from '../../../core/field.ts';
import { shortened } from '../../../core/plain-text.ts';
import { isTimeZone } from '../../../time/wall-clock.ts';
import { parseQuietHours, type QuietHours } from './rules.ts';

export const timeZoneField = () =>
  refined(text({ max: 60 }), (typed) =>
    isTimeZone(typed) ? typed : problem('problem.time-zone', { got: shortened(typed, 40) }),
  );

export const quietHoursField = () =>
  refined<QuietHours>(
    text({ max: 20 }),
    (typed) => parseQuietHours(typed) ?? problem('problem.quiet-hours', { got: typed }),
  );
