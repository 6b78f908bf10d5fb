import type { Id, MemberId, PartnerId } from '../../../core/ids.ts';
import type { Instant } from '../../../core/text.ts';

export type RoleId = Id<'role'>;
export type TermId = Id<'role-term'>;

const roleStates = ['proposed', 'open', 'declined', 'closed'] as const;
export type RoleState = (typeof roleStates)[number];

/** A partner or a member as others see it. */
type Named<I> = { readonly id: I; readonly name: string };
export type Organisation = Named<PartnerId>;
export type Person = Named<MemberId>;

/** What a role is: everything that staff or its proposer wrote down about it. */
export type Role = {
  readonly id: RoleId;
  readonly title: string;
  readonly purpose: string;
  readonly tasks: string;
  readonly minutesAMonth: number;
  readonly termMonths: number | null;
  readonly skills: readonly string[];
  readonly serves: string;
  readonly leastSeats: number;
  readonly mostSeats: number;
  readonly buddy: Person | null;
  readonly standIn: Person | null;
  readonly state: RoleState;
  readonly proposedBy: Person | null;
};

/** A role with who holds it and who waits. */
export type RoleSheet = Role & {
  readonly holders: readonly Holder[];
  readonly offered: readonly Offered[];
  readonly line: readonly Organisation[];
  readonly freeSeats: number;
};

export type Holder = {
  readonly term: TermId;
  readonly seat: number;
  readonly partner: Organisation;
  readonly member: Person | null;
  readonly alternate: Person | null;
  readonly startedAt: Date;
  /** Calendar date. */
  readonly endsOn: string | null;
};

type Offered = {
  readonly number: number;
  readonly seat: number;
  readonly partner: Organisation;
  readonly member: Person | null;
  readonly until: Instant;
  readonly passing: boolean;
};

/** A role in a list: no more than a line needs. */
export type RoleLine = {
  readonly id: RoleId;
  readonly title: string;
  readonly purpose: string;
  readonly minutesAMonth: number;
  readonly state: RoleState;
  readonly mostSeats: number;
  readonly held: number;
  readonly free: number;
  readonly waiting: number;
};

const leastMinutes = 5;
/** 160 hours: a full month of one person. */
const mostMinutes = 160 * 60;
export const mostSeatsOfAll = 50;
export const mostTermMonths = 60;

/**
 * Minutes out of "2", "1.5", "1,5 h", "30 min" or "1 h 30 min"; a number alone is hours.
 * `unclear`: not a length of time; `out-of-range`: no effort a role can have.
 */
export function parseEffort(typed: string): number | 'unclear' | 'out-of-range' {
  const text = typed.trim();
  const inHours = /^(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:h|hrs?|hours?)?$/i.exec(text);
  const inBoth = /^(?:(\d{1,4})\s*(?:h|hrs?|hours?)\s*)?(\d{1,5})\s*(?:m|mins?|minutes?)$/i.exec(text);
  const match = inHours ?? inBoth;
  if (!match) return 'unclear';
  const hours = Number((match[1] ?? '0').replace(',', '.'));
  const minutes = Math.round(hours * 60) + Number(match[2] ?? 0);
  return minutes < leastMinutes || minutes > mostMinutes ? 'out-of-range' : minutes;
}

/** "2" is exactly two seats wanted; "1-3" is at least one and at most three. */
export function parseSeats(typed: string): { least: number; most: number } | 'unclear' | 'out-of-range' {
  const match = /^(\d{1,6})(?:\s*(?:-|–|to)\s*(\d{1,6}))?$/i.exec(typed.trim());
  if (!match) return 'unclear';
  const least = Number(match[1]);
  const most = Number(match[2] ?? match[1]);
  return least < 1 || most > mostSeatsOfAll || least > most ? 'out-of-range' : { least, most };
}

/** How an effort is typed, for a form that is opened again. */
export function typedEffort(minutes: number): string {
  return minutes % 60 === 0 ? String(minutes / 60) : `${minutes} min`;
}

export function typedSeats(role: Pick<Role, 'leastSeats' | 'mostSeats'>): string {
  const { leastSeats, mostSeats } = role;
  return leastSeats === mostSeats ? String(mostSeats) : `${leastSeats}-${mostSeats}`;
}
