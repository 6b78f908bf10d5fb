import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import type { Command, Feature } from '../../../core/command.ts';
import { paged } from '../../../core/pages.ts';
import { plainText } from '../../../core/plain-text.ts';
import { count, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { commandWords } from '../../../core/registry.ts';
import { code, type Text } from '../../../core/text.ts';
import type { Member } from '../../../core/who.ts';
import type { Say } from '../../../core/words.ts';
import { say } from '../words.ts';
import { isUseful } from './rules.ts';

export const helpPress = press('coalition.help', { page: count });

/** Letters of commands on one page; what stands around them fits beside it in every platform's message. */
const pageLetters = 2600;

/** What this person can do here, from the commands themselves: so help and commands cannot disagree. */
export function helpCard(
  of: {
    features: readonly Feature[];
    member: Member | null;
    hasCoalition: boolean;
    page: number;
  },
  reader: Reader,
): Card {
  const { member, hasCoalition } = of;
  const lines = of.features.flatMap((feature) =>
    feature.commands
      .filter((command) => isUseful(command, member, hasCoalition))
      .map((command) => commandLine(command, feature.say as unknown as Say, reader)),
  );
  const pages = paged(lines, (line) => plainText(line, reader).length, pageLetters);
  const page = Math.min(Math.max(of.page, 0), Math.max(0, pages.length - 1));
  const turn = (to: number, key: 'list.before' | 'list.after') => ({
    id: helpPress.encode({ page: to }),
    label: say.plain(reader, key),
  });
  return card(
    heading(say.plain(reader, 'help.title')),
    paragraph(introduction(member, hasCoalition, reader)),
    list(pages[page] ?? []),
    pages.length > 1 &&
      buttons(
        page > 0 && turn(page - 1, 'list.before'),
        page < pages.length - 1 && turn(page + 1, 'list.after'),
      ),
    note(say(reader, 'help.how')),
  );
}

function introduction(member: Member | null, hasCoalition: boolean, reader: Reader): Text {
  if (!hasCoalition) return say(reader, 'help.no-coalition', { setup: code('/coalition setup') });
  if (!member) return say(reader, 'help.visitor', { join: code('/coalition join') });
  if (member.standing === 'backbone') return say(reader, 'help.backbone');
  if (!member.partner) return say(reader, 'help.no-partner', { join: code('/coalition join') });
  const standing = say.plain(reader, `standing.${member.standing}`);
  return say(reader, 'help.member', { name: member.partner.name, standing });
}

/** `/partners list`: what it does. Example: `/partners housing` */
function commandLine(command: Command, words: Say, reader: Reader): Text {
  const key = commandWords(command);
  // Every sentence that leads here calls help by its whole name.
  const isShort = command.bare && command.name !== 'coalition help';
  const name = isShort ? (command.name.split(' ')[0] ?? command.name) : command.name;
  const line: Text = [code(`/${name}`), ': ', words.plain(reader, key)];
  const example = words.has(`${key}.example`) ? words.plain(reader, `${key}.example`) : null;
  // An example that adds nothing to the name only fills the page.
  if (example === null || example === `/${name}`) return line;
  return [...line, ...say(reader, 'help.example', { example: code(example) })];
}
