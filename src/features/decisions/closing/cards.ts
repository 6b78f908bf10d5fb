import type { Bars } from '../../../charts/bars.ts';
import { type Card, card, heading, list, note, type Part, paragraph, toned } from '../../../core/card.ts';
import { limits } from '../../../core/limits.ts';
import { shortened } from '../../../core/plain-text.ts';
import type { Reader } from '../../../core/reader.ts';
import type { Text } from '../../../core/text.ts';
import type { Coalition } from '../../../core/who.ts';
import { markKind } from '../counting/rules.ts';
import { endingSentence, fitted, keyLabel, tallyPart, titleOf } from '../decision/cards.ts';
import type { Decision } from '../decision/store.ts';
import { ruleSentence } from '../terms/cards.ts';
import { tallyKeys } from '../voting/rules.ts';
import { say } from '../words.ts';

export type ShownReason = { readonly label: string | null; readonly text: string };

/** The outcome as it is announced where the question was asked. */
export function outcomeCard(
  of: Decision,
  { hash, reasons, chart }: { hash: string; reasons: readonly ShownReason[]; chart: Part | null },
  coalition: Coalition,
  reader: Reader,
): Card {
  const told = of.result?.count !== undefined;
  const parts: (Part | null | false)[] = [
    heading(shortened(say.plain(reader, 'outcome.title', { title: titleOf(of, reader) }), limits.heading)),
    paragraph(endingSentence(of, coalition, reader)),
    told && tallyPart(of, null, reader),
    told && chart,
    note(say(reader, 'card.rule', { rule: ruleSentence(of.terms.rule, reader) })),
    note(say(reader, 'outcome.record', { hash: { code: hash.slice(0, 12) } })),
    ...reasonParts(reasons, reader),
  ];
  return toned(fitted(parts, reader), 'done');
}

/** The result as bars, for a picture; null where no result is told. Of a ranking the first choices are shown. */
export function outcomeBars(of: Decision, reader: Reader): Bars | null {
  const { result, terms } = of;
  const keys = tallyKeys(terms.rule, of.options.length);
  if (!result?.count || keys.length === 0) return null;
  const { totals, chosen } = result.count;
  const won = (key: string) =>
    result.ending === 'chosen'
      ? chosen.map(String).includes(key)
      : result.ending === 'passed' && key === 'yes';
  return {
    title: titleOf(of, reader),
    note: say.plain(reader, 'chart.note', {
      answered: result.answered,
      voices: result.voices,
      counted: terms.weights ? 'weights' : markKind(terms.rule),
    }),
    markedWord: say.plain(reader, 'chart.won', { ending: result.ending }),
    bars: keys.map((key, column) => ({
      label: keyLabel(key, of, reader),
      value: Number(totals[column]?.votes ?? 0),
      marked: won(key),
      quiet: key === 'abstain',
    })),
  };
}

/** Reasons under the answer they were given with, or all together where nothing may join the two. */
export function reasonParts(reasons: readonly ShownReason[], reader: Reader): Part[] {
  if (reasons.length === 0) return [];
  const mostShown = 10;
  const line = ({ label, text }: ShownReason): Text =>
    label === null ? [text] : say(reader, 'reason.line', { label, text });
  // Ten lines of this length leave room for the rest of an outcome; the whole text stands in the export.
  const shown = reasons
    .slice(0, mostShown)
    .map(({ label, text }) => line({ label: label && shortened(label, 60), text: shortened(text, 120) }));
  const left = reasons.length - shown.length;
  return [
    note(say(reader, 'reason.title', { count: reasons.length })),
    list(shown),
    ...(left > 0 ? [note(say(reader, 'reason.more', { left }))] : []),
  ];
}

export function extensionCard(of: Decision, text: Text, reader: Reader): Card {
  return card(heading(titleOf(of, reader)), paragraph(text));
}
