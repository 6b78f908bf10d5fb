import type { Mark } from '../counting/ballots/rules.ts';
import { positionsOf } from '../counting/rules.ts';
import type { Rule, Terms } from '../terms/rules.ts';

/** The columns of a running tally: positions or options in the order of the card, abstentions last. */
export function tallyKeys(rule: Rule, options: number): string[] {
  const positions: readonly string[] = positionsOf(rule);
  const own =
    positions.length > 0 ? positions : Array.from({ length: options }, (_, option) => String(option));
  return [...own, 'abstain'];
}

/** What one ballot adds to each column. A ranking adds to its first choice. */
export function addedBy(mark: Mark | null, weight: number, keys: readonly string[]): bigint[] {
  const added = keys.map(() => 0n);
  const add = (key: string, votes: number) => {
    const column = keys.indexOf(key);
    if (column >= 0) added[column] = (added[column] ?? 0n) + BigInt(votes);
  };
  if (mark === null) return added;
  switch (mark.mark) {
    case 'abstain':
      add('abstain', weight);
      return added;
    case 'position':
      add(mark.position, weight);
      return added;
    case 'option':
      add(String(mark.option), weight);
      return added;
    case 'ranking':
      add(String(mark.order[0]), weight);
      return added;
    case 'points':
      for (const [option, points] of mark.points.entries()) add(String(option), points * weight);
      return added;
    default:
      return mark satisfies never;
  }
}

/** Who speaks, and how, when a ballot is cast. */
export type Speaking = { readonly by: string; readonly primary: boolean; readonly spoken: boolean };

/**
 * Whether a word replaces an earlier one. An organisation's own word stands over what staff logged for it; the
 * primary representative's stands over an alternate's; among equals, and for one person, the last word counts.
 */
export function mayReplace(earlier: Speaking | null, now: Speaking): boolean {
  if (earlier === null || earlier.by === now.by) return true;
  if (earlier.spoken !== now.spoken) return earlier.spoken;
  return now.primary || !earlier.primary;
}

/** Whether this mark cannot be taken without a reason. */
export function needsReason(mark: Mark, terms: Pick<Terms, 'reasons'>): boolean {
  if (mark.mark === 'position' && mark.position === 'block') return true;
  return terms.reasons === 'required' && mark.mark !== 'abstain';
}

/** A mark in one word, as a button carries it: `yes`, `abstain`, or `3` for an option. */
export function markOfWord(word: string): Mark | null {
  if (word === 'abstain') return { mark: 'abstain' };
  if (/^\d{1,2}$/.test(word)) return { mark: 'option', option: Number(word) };
  const position = (['yes', 'aside', 'unsure', 'no', 'block'] as const).find((each) => each === word);
  return position ? { mark: 'position', position } : null;
}

export function wordOfMark(mark: Mark): string | null {
  if (mark.mark === 'abstain') return 'abstain';
  if (mark.mark === 'position') return mark.position;
  return mark.mark === 'option' ? String(mark.option) : null;
}

/**
 * What people type for rankings and points, options numbered from 1: `2 1 3` is a ranking, most wanted first;
 * `5, 0, 3` are points in the order of the card; `1:5 3:3` are points by option. Null when it is neither.
 */
export function parseMarks(typed: string, rule: Rule, options: number): Mark | null {
  const asked = typed.trim().toLowerCase();
  if (asked === 'abstain' || asked === '-') return { mark: 'abstain' };
  const ranking = rule.rule === 'runoff' || rule.rule === 'transferable';
  const parts = asked.split(/[\s,;>]+/).filter((part) => part !== '');
  if (parts.length === 0) return null;
  if (ranking) {
    if (!parts.every((part) => /^\d{1,2}$/.test(part) && Number(part) >= 1)) return null;
    return { mark: 'ranking', order: parts.map((part) => Number(part) - 1) };
  }
  if (parts.every((part) => /^\d{1,3}$/.test(part)) && parts.length === options)
    return { mark: 'points', points: parts.map(Number) };
  const points = Array<number>(options).fill(0);
  const named = new Set<number>();
  for (const part of parts) {
    const [, option, given] = /^(\d{1,2})[:=](\d{1,3})$/.exec(part) ?? [];
    const index = Number(option) - 1;
    if (option === undefined || index < 0 || index >= options || named.has(index)) return null;
    named.add(index);
    points[index] = Number(given);
  }
  return { mark: 'points', points };
}

/** A ballot as it was typed, for showing it back. */
export function marksText(mark: Mark): string {
  if (mark.mark === 'ranking') return mark.order.map((option) => option + 1).join(' > ');
  if (mark.mark === 'points') return mark.points.join(', ');
  return '';
}
