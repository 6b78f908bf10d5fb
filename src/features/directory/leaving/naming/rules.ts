/** Whose name is taken out of what was written, and what stands in its place. */
export type Renaming = {
  readonly memberId: string;
  readonly name: string;
  readonly instead: string;
  /** Whether somebody else here has the same name: then words with it are left, which may mean them. */
  readonly isShared: boolean;
};

/** A card or a sentence, as it is stored, without somebody's name: where they are mentioned, and in any words. */
export function withoutName(stored: unknown, of: Renaming): unknown {
  if (typeof stored === 'string') return of.isShared ? stored : wordsWithout(stored, of);
  if (Array.isArray(stored)) return stored.map((each) => withoutName(each, of));
  if (typeof stored !== 'object' || stored === null) return stored;
  const mentioned = 'member' in stored && stored.member === of.memberId;
  return Object.fromEntries(
    Object.entries(stored).map(([key, each]) => [
      key,
      mentioned && key === 'name' ? of.instead : withoutName(each, of),
    ]),
  );
}

/** A name that had no room is written as its beginning and a mark (`shortened` in src/core/plain-text.ts). */
const mark = '…';
/** Shorter beginnings are not looked for: they may be anybody's. */
export const leastBeginning = 6;

/** A calendar file breaks its lines anywhere, within a name too (RFC 5545, 3.1): it is as good in whole lines. */
export const calendarFile = 'BEGIN:VCALENDAR';
const inWholeLines = (typed: string) =>
  typed.startsWith(calendarFile) ? typed.replaceAll(/\r?\n[ \t]/g, '') : typed;

/** How a name stands in a link. */
const inLink = (words: string) => encodeURIComponent(words).replaceAll('%20', '+');

function wordsWithout(typed: string, { name, instead }: Renaming): string {
  let words = inWholeLines(typed).replace(wholeName(name), () => instead);
  if (/^https?:/.test(words)) words = words.replaceAll(inLink(name), () => inLink(instead));
  for (let length = name.length - 1; length >= leastBeginning && words.includes(mark); length -= 1)
    words = words.replaceAll(`${name.slice(0, length)}${mark}`, () => `${instead}${mark}`);
  return words;
}

/** The name where it is a word of its own: Ann is not in Annual. */
function wholeName(name: string): RegExp {
  const typed = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${typed}(?![\\p{L}\\p{N}])`, 'gu');
}
