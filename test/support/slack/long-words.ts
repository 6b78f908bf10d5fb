/** So many characters of words, some of them beyond ASCII. */
export const long = (length: number) =>
  'wörd '
    .repeat(Math.ceil(length / 5))
    .slice(0, length)
    .replace(/ $/, 'x');

/** Half of a character beyond the basic plane, which JSON can only write as its code. */
export const halfCharacter = /\\ud[89a-f]/i;
