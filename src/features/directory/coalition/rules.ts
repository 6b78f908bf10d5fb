import type { Action, Command } from '../../../core/command.ts';
import { type Member, mayDo } from '../../../core/who.ts';
import { isLocalTime } from '../../../time/wall-clock.ts';

/** Languages that every sentence is written in. */
export const shippedLanguages = ['en'] as const;

/** The language to write in to somebody whose platform speaks another one. */
export function languageFor(wanted: string, otherwise: string): string {
  const base = wanted.split('-')[0];
  return shippedLanguages.find((each) => each === wanted || each === base) ?? otherwise;
}

export type QuietHours = { readonly start: string; readonly end: string };

/** "18:00-08:00", also with spaces, a dash of any length, or hours alone; null when it is neither. */
export function parseQuietHours(typed: string): QuietHours | null {
  const match = /^(\d{1,2}(?::\d{2})?)\s*(?:-|–|—|to)\s*(\d{1,2}(?::\d{2})?)$/i.exec(typed.trim());
  const [start, end] = [match?.[1], match?.[2]].map((time) => time && wholeTime(time));
  if (!start || !end || !isLocalTime(start) || !isLocalTime(end)) return null;
  return { start, end };
}

function wholeTime(typed: string): string {
  const [hour = '', minute = '00'] = typed.split(':');
  return `${hour.padStart(2, '0')}:${minute}`;
}

const dayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** "Mon-Fri", "Mon, Tue, Thu" or "1-5", as ISO weekdays in order; null when a part of it is no day. */
export function parseWorkingDays(typed: string): number[] | null {
  const days = new Set<number>();
  for (const part of typed.split(/[,;\s]+(?![-–])(?<![-–]\s)/).filter(Boolean)) {
    const ends = part.split(/\s*[-–]\s*/).map(dayOf);
    const [from, to = from] = ends;
    if (ends.length > 2 || !from || !to) return null;
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === to) break;
    }
  }
  return days.size === 0 ? null : [...days].sort((a, b) => a - b);
}

/** ISO weekday of a name, its first letters (at least two), or its number. */
function dayOf(typed: string): number | null {
  if (/^[1-7]$/.test(typed)) return Number(typed);
  const letters = typed.toLowerCase();
  const index = letters.length < 2 ? -1 : dayNames.findIndex((name) => name.startsWith(letters));
  return index < 0 ? null : index + 1;
}

/** Days as people type them: "Mon, Tue, Fri". */
export function typedDays(days: readonly number[]): string {
  return days.map((day) => capitalized(dayNames[day - 1] ?? '')).join(', ');
}

const capitalized = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1, 3)}`;

/** Whether a command is of any use to this person now: allowed, and not long done with. */
export function isUseful(command: Command, member: Member | null, hasCoalition: boolean): boolean {
  if (!mayDo(member, hasCoalition, (command satisfies Action).by)) return false;
  if (command.name === 'coalition setup') return !hasCoalition;
  if (command.name === 'coalition link') return !hasCoalition || member?.standing === 'backbone';
  if (command.name === 'coalition join') return member?.partner == null;
  return true;
}
