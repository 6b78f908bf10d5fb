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
  if (typeof stored === 'string')
    return of.isShared ? stored : stored.replace(wholeName(of.name), () => of.instead);
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

/** The name where it is a word of its own: Ann is not in Annual. */
function wholeName(name: string): RegExp {
  const typed = name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${typed}(?![\\p{L}\\p{N}])`, 'gu');
}
