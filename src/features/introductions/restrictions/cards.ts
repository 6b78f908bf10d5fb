import { buttons, type Card, card, heading, list, note, paragraph } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import { oneOf, press } from '../../../core/press.ts';
import type { Reader } from '../../../core/reader.ts';
import { say } from '../words.ts';

export const addRulePress = press('introductions.add-rule', { kind: oneOf(['must', 'must-not']) });
export const dropRulePress = press('introductions.drop-rule', {});
export const ruleForm = press('introductions.rule', { kind: oneOf(['must', 'must-not']) });

type ShownRule = {
  readonly key: string;
  readonly kind: 'must' | 'must-not';
  readonly one: string;
  readonly other: string;
  readonly done: boolean;
};

/** Those still to be kept come first; with the longest names, so many fit into one card. */
const mostShown = 12;

export function rulesCard(reader: Reader, all: readonly ShownRule[]): Card {
  const rules = [...all].sort((a, b) => Number(a.done) - Number(b.done)).slice(0, mostShown);
  return card(
    heading(say.plain(reader, 'rules.title')),
    rules.length === 0
      ? paragraph(say(reader, 'rules.none'))
      : list(
          rules.map(({ kind, one, other, done }) =>
            say(reader, done ? 'rules.kept' : `rules.${kind}`, { one, other }),
          ),
        ),
    all.length > rules.length && note(say(reader, 'rules.more', { more: all.length - rules.length })),
    note(say(reader, 'rules.private')),
    rules.length > 0 && {
      part: 'select',
      select: {
        id: dropRulePress.encode({}),
        placeholder: say.plain(reader, 'rules.drop'),
        choices: rules.map(({ key, one, other }) => ({
          value: key,
          label: shortened(`${one} – ${other}`, limits.choiceLabel),
        })),
      },
    },
    buttons(
      { id: addRulePress.encode({ kind: 'must' }), label: say.plain(reader, 'button.must') },
      { id: addRulePress.encode({ kind: 'must-not' }), label: say.plain(reader, 'button.must-not') },
    ),
  );
}
