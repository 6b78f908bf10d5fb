import { everyComponent } from './person.ts';
import type { MessageBody } from './world.ts';

/**
 * Whatever Discord's app would make something of in a message, read as the app reads it: escaped signs and code first.
 * Only these people and web addresses are meant.
 */
export function findActingInDiscord(
  body: MessageBody,
  people: readonly string[],
  links: readonly string[] = [],
) {
  const { parse = ['nothing said'], users = [] } = body.allowed_mentions ?? {};
  const called = users.filter((user) => !people.includes(user)).map((user) => `calls ${user}`);
  const acting = everyComponent(body).flatMap(({ content = '' }) =>
    findActingInMarkdown(content, people, ['https://good.example/', ...links]),
  );
  return [...parse, ...called, ...acting];
}

const url = /^https?:\/\/[^\s<>"'`*|\\[\]()]+/;
const pointed = /^<[^\s<>][^<>]*>/;
const masked = /^\[((?:\\.|[^\\[\]])*)\]\(<([^<>]*)>\)/;

function findActingInMarkdown(
  content: string,
  people: readonly string[],
  links: readonly string[],
): string[] {
  const found: string[] = [];
  let at = 0;
  const passes = (length: number) => {
    at += length;
  };
  while (at < content.length) {
    const rest = content.slice(at);
    if (/^\\[^0-9A-Za-z\s]/.test(rest)) {
      passes(2);
      continue;
    }
    const [ticks] = /^`+/.exec(rest) ?? [];
    if (ticks) {
      const end = rest.slice(ticks.length).search(new RegExp(`(?<!\`)${ticks}(?!\`)`));
      if (end < 0) found.push(`open code: ${rest.slice(0, 40)}`);
      passes(end < 0 ? ticks.length : end + 2 * ticks.length);
      continue;
    }
    const [address] = /\w$/.test(content.slice(0, at)) ? [] : (url.exec(rest) ?? []);
    if (address) {
      passes(address.length);
      continue;
    }
    const link = masked.exec(rest);
    if (link) {
      if (!links.includes(link[2] ?? '')) found.push(`masked link: ${link[0]}`);
      passes(link[0].length);
      continue;
    }
    const [sign] = pointed.exec(rest) ?? [];
    if (sign) {
      const isMeant =
        people.some((id) => sign === `<@${id}>`) ||
        /^<(t:-?\d+:[tTdDfFR]|#\d{17,20}|https?:[^<>]*)>$/.test(sign);
      if (!isMeant) found.push(sign);
      passes(sign.length);
      continue;
    }
    const [bad] = /^(@everyone|@here|~~|\|\||_|\[|\])/.exec(rest) ?? [];
    if (bad) found.push(`${bad} in ${rest.slice(0, 40)}`);
    passes(bad?.length ?? 1);
  }
  return found;
}
