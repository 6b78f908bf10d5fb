import { IntlMessageFormat } from 'intl-messageformat';
import { plainText } from './plain-text.ts';
import type { Reader } from './reader.ts';
import type { Inline, Text } from './text.ts';

type Dictionary = Readonly<Record<string, string>>;
type Value = string | number | Inline | Text;

/**
 * Makes the sentences of one feature. `english` is complete by definition; another language falls back to it
 * word by word, and a test fails while one is missing.
 */
export type Say<Key extends string = string> = {
  (reader: Reader, key: Key, values?: Readonly<Record<string, Value>>): Text;
  /** The same without inline parts: for labels, titles and placeholders, which platforms take as plain text. */
  plain(reader: Reader, key: Key, values?: Readonly<Record<string, Value>>): string;
  has(key: string): boolean;
  readonly dictionaries: Readonly<Record<string, Dictionary>>;
};

export function wordsIn<const D extends Dictionary>(
  english: D,
  translations: Readonly<Record<string, Dictionary>> = {},
): Say<Extract<keyof D, string>> {
  const dictionaries: Record<string, Dictionary> = { en: english, ...translations };
  const compiled = new Map<string, IntlMessageFormat>();

  function message(language: string, key: string): IntlMessageFormat {
    const found = compiled.get(`${language}|${key}`);
    if (found) return found;
    const base = language.split('-')[0] ?? 'en';
    const own = dictionaries[language]?.[key] ?? dictionaries[base]?.[key];
    const source = own ?? english[key];
    if (source === undefined) throw new Error(`No words for "${key}"`);
    const made = new IntlMessageFormat(source, own === undefined ? 'en' : language);
    compiled.set(`${language}|${key}`, made);
    return made;
  }

  function say(reader: Reader, key: string, values: Readonly<Record<string, Value>> = {}): Text {
    const tags = {
      b: (chunks: unknown[]) => ({ bold: chunks }) as Inline,
      i: (chunks: unknown[]) => ({ italic: chunks }) as Inline,
      code: (chunks: unknown[]) => ({ code: chunks.join('') }) as Inline,
    };
    const parts = message(reader.language, key).formatToParts({ ...tags, ...values } as unknown as Record<
      string,
      never
    >);
    return parts.flatMap((part) => part.value as Inline | Text);
  }
  say.plain = (reader: Reader, key: string, values?: Readonly<Record<string, Value>>) =>
    plainText(say(reader, key, values), reader);
  say.has = (key: string) => key in english;
  say.dictionaries = dictionaries;
  return say;
}
