/**
 * Text for comparing: no case, no Latin accents, nothing invisible, single spaces. Marks outside U+0300-036F
 * stay, because in Devanagari or Arabic they are letters' own vowels. Empty when nothing visible is left.
 */
export function foldName(typed: string): string {
  return typed
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}\p{Co}]/gu, (sign) => (/\s/.test(sign) ? ' ' : ''))
    .replace(/\s+/gu, ' ')
    .trim()
    .toUpperCase()
    .toLowerCase();
}
