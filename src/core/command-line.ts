import type { Fields } from './field.ts';

/**
 * Reads what was typed behind a command: `name:value` pairs in any order, and words without a name in the
 * order of the options. The last option without a name takes the rest, so a single option needs no quotes;
 * before that an option takes one word, or several in quotes.
 */
export function readCommandLine(typed: string, options: Fields): Record<string, string> {
  const names = Object.keys(options);
  const given: Record<string, string> = {};
  let rest = typed.trim();

  while (rest !== '') {
    const named = /^([a-z][a-z-]*):\s*/i.exec(rest);
    const name = named?.[1]?.toLowerCase();
    if (named && name && names.includes(name) && !(name in given)) {
      const value = takeValue(rest.slice(named[0].length), names);
      given[name] = value.taken;
      rest = value.rest;
      continue;
    }
    const open = names.filter((each) => !(each in given));
    const next = open[0];
    if (next === undefined) {
      // More than the options hold: what is left joins the last one rather than getting lost.
      const last = names.at(-1);
      if (last !== undefined) given[last] = `${given[last] ?? ''} ${rest}`.trim();
      break;
    }
    const value = open.length === 1 ? takeValue(rest, names) : takeWord(rest);
    given[next] = value.taken;
    rest = value.rest;
  }
  return given;
}

type Taken = { taken: string; rest: string };

const quotes: Record<string, string> = { '"': '"', '“': '”', '«': '»' };

/** One word, or what stands in quotes. */
function takeWord(typed: string): Taken {
  const closing = quotes[typed[0] ?? ''];
  const end = closing ? typed.indexOf(closing, 1) : -1;
  if (end > 0) return { taken: typed.slice(1, end), rest: typed.slice(end + 1).trim() };
  const [word = ''] = /^\S+/.exec(typed) ?? [];
  return { taken: word, rest: typed.slice(word.length).trim() };
}

/** Everything up to the next `name:` of a known option. */
function takeValue(typed: string, names: readonly string[]): Taken {
  if (quotes[typed[0] ?? '']) {
    const quoted = takeWord(typed);
    if (quoted.rest === '' || names.some((name) => quoted.rest.toLowerCase().startsWith(`${name}:`)))
      return quoted;
  }
  const next = new RegExp(`\\s(?:${names.join('|')}):`, 'i').exec(typed);
  if (!next) return { taken: typed.trim(), rest: '' };
  return { taken: typed.slice(0, next.index).trim(), rest: typed.slice(next.index).trim() };
}
