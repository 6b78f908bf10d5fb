import { everyComponent } from './person.ts';
import type { MessageBody } from './world.ts';

/** What a person reads in a message: Discord's markdown as its app shows it, one component per line. */
export function shownText(body: MessageBody): string {
  return everyComponent(body)
    .map(({ content, label, placeholder }) =>
      content === undefined ? (label ?? placeholder) : shown(content),
    )
    .filter(Boolean)
    .join('\n');
}

/** A private-use character for each escaped one, so that it takes no part in the markup. */
const hidden = 0xe000;

function shown(markdown: string): string {
  return markdown
    .replace(/\\([^0-9A-Za-z\s])/g, (_, typed: string) => String.fromCharCode(hidden + typed.charCodeAt(0)))
    .replace(/^(#{1,3} |-# |- )/gm, '')
    .replace(/\[([^\]]+)\]\(<?[^)>]+>?\)/g, '$1')
    .replace(/[*`]/g, '')
    .replace(/[\ue000-\ue0ff]/g, (typed) => String.fromCharCode(typed.charCodeAt(0) - hidden))
    .replace(/[\u2068\u2069]/g, '');
}

/** What would call somebody who is not named for it, or show as anything but what was typed. */
export function actingIn(body: MessageBody): string[] {
  const { parse = ['nothing said'], users = [] } = body.allowed_mentions ?? {};
  const text = everyComponent(body)
    .map(({ content = '' }) => content)
    .join('\n')
    .replace(/\\[^0-9A-Za-z\s]/g, '');
  const called = text.match(/@everyone|@here|<@&\d+>|<![^>]*>|<@!?\d+>/g) ?? [];
  return [...parse, ...called.filter((each) => !users.some((user) => each === `<@${user}>`))];
}
