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

function wordsWithout(typed: string, { name, instead }: Renaming): string {
  let words = typed.replace(wholeName(name), () => instead);
  for (let length = name.length - 1; length >= leastBeginning && words.includes(mark); length -= 1)
    words = words.replaceAll(`${name.slice(0, length)}${mark}`, () => `${instead}${mark}`);
  return words;
}

/** The name where it is a word of its own: Ann is not in Annual. */
function wholeName(name: string): RegExp {
  const typed = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${typed}(?![\\p{L}\\p{N}])`, 'gu');
}
