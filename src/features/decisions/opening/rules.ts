import { parseShare } from '../counting/fraction/rules.ts';
import type { Base } from '../counting/positions/rules.ts';
import type { Quorum } from '../counting/quorum/rules.ts';
import type { Ties } from '../counting/totals/rules.ts';
import type { Rule } from '../terms/rules.ts';

/** A decision closes at five in the afternoon of the coalition's zone unless a time is said. */
export const usualTime = '17:00';
export const mostOptions = 10;
export const longestOption = 50;
export const longestQuestion = 120;
/** What is left of one message once the longest terms and ten options stand in it. */
export const longestBackground = 600;

/** One option a line; a line with nothing in it is none. */
export function parseOptions(typed: string): string[] {
  const lines = typed.split('\n').map((line) => line.trim().replace(/\s+/g, ' '));
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** `more than half`, `at least 60%`, `2/3`: a bare share means at least. */
export function parseThreshold(typed: string) {
  const [, words = '', rest = ''] = /^(more than|over|at least)?\s*(.*)$/i.exec(typed.trim()) ?? [];
  const share = parseShare(rest);
  return share && { share, strictly: /more|over/i.test(words) };
}

/** `none`, `5`, `more than half`, `at least 60%`. */
export function parseQuorum(typed: string): Quorum['from'] | null {
  const asked = typed.trim().toLowerCase();
  if (asked === 'none' || asked === '0') return { by: 'none' };
  if (/^\d{1,6}$/.test(asked)) return { by: 'number', voices: Number(asked) };
  const threshold = parseThreshold(asked);
  return threshold && { by: 'share', threshold };
}

/** `Name: 3`, one a line. Null when a line is no such thing; names are looked up later. */
export function parseWeights(typed: string): Map<string, number> | null {
  const weights = new Map<string, number>();
  for (const line of parseOptions(typed)) {
    const [, name, weight] = /^(.*?)\s*[:=]\s*(\d{1,6})$/.exec(line) ?? [];
    if (name === undefined || name === '' || Number(weight) < 1) return null;
    weights.set(name, Number(weight));
  }
  return weights;
}

/** A ready rule with the numbers that were typed for it. */
export function adjustedRule(
  rule: Rule,
  typed: {
    threshold?: NonNullable<ReturnType<typeof parseThreshold>> | undefined;
    base?: Base | undefined;
    number?: number | undefined;
    ties?: Ties | undefined;
  },
): Rule {
  const ties = typed.ties ? { ties: typed.ties } : {};
  const number = typed.number === undefined ? null : Math.max(1, typed.number);
  switch (rule.rule) {
    case 'consensus':
      return { ...rule, minus: typed.number ?? rule.minus };
    case 'share':
      return { ...rule, threshold: typed.threshold ?? rule.threshold, base: typed.base ?? rule.base };
    case 'plurality':
    case 'runoff':
      return { ...rule, ...ties };
    case 'transferable':
      return { ...rule, seats: number ?? rule.seats };
    case 'score':
      return { ...rule, ...ties, most: number ?? rule.most };
    case 'dots':
      return { ...rule, ...ties, dots: number ?? rule.dots };
    default:
      return rule;
  }
}
