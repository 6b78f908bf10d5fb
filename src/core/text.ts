import type { MemberId } from './ids.ts';

/**
 * A sentence as data. It holds no platform markup: what a person typed is a plain string in it and is
 * escaped by whoever draws it, so it can be shown but never act.
 */
export type Text = readonly Inline[];

export type Inline =
  | string
  | { readonly bold: Text }
  | { readonly italic: Text }
  | { readonly code: string }
  | { readonly link: string; readonly text: string }
  | { readonly member: MemberId; readonly name: string }
  /** `ref` is the platform's channel id in the workspace the card is drawn for. */
  | { readonly place: string; readonly name: string }
  | Instant;

/**
 * A moment. Drawn so that each reader sees their own wall clock, and `timeZone` (IANA, the zone it was
 * meant in) in words beside it.
 */
export type Instant = {
  readonly instant: string;
  readonly show: 'date' | 'time' | 'date-time' | 'relative';
  readonly timeZone: string;
};

export function text(...parts: Inline[]): Text {
  return parts;
}

export function bold(...parts: Inline[]): Inline {
  return { bold: parts };
}

export function code(typed: string): Inline {
  return { code: typed };
}

export function instant(at: Date, timeZone: string, show: Instant['show'] = 'date-time'): Instant {
  return { instant: at.toISOString(), show, timeZone };
}

export function joined(texts: readonly Text[], between: string): Text {
  return texts.flatMap((each, index) => (index === 0 ? each : [between, ...each]));
}
