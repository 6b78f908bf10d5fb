import type { AccountId, CoalitionId, MemberId, PartnerId, WorkspaceId } from './ids.ts';

export type PlatformName = 'slack' | 'discord' | 'console';

/** Where a bot can put an event into the calendar that a whole workspace sees. */
export const platformsWithCalendar: readonly PlatformName[] = ['discord'];

export type Coalition = {
  readonly id: CoalitionId;
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  /** ISO weekdays, 1 = Monday. */
  readonly workingDays: readonly number[];
  /** Calendar dates, YYYY-MM-DD. */
  readonly holidays: readonly string[];
  /** Wall-clock HH:MM in each member's own zone. */
  readonly quietHoursStart: string;
  readonly quietHoursEnd: string;
  readonly demo: boolean;
};

export type Workspace = {
  readonly id: WorkspaceId;
  readonly platform: PlatformName;
  readonly ref: string;
  readonly name: string;
};

export const standings = ['backbone', 'representative', 'alternate', 'member', 'guest'] as const;
export type Standing = (typeof standings)[number];

export type Member = {
  readonly id: MemberId;
  readonly accountId: AccountId;
  readonly name: string;
  readonly standing: Standing;
  /** Backbone staff may belong to no partner. */
  readonly partner: { readonly id: PartnerId; readonly name: string } | null;
  readonly language: string;
  readonly timeZone: string;
};

/** Who may do a thing. Each includes the ones below it; backbone staff may do what any member may. */
export type MayBeDoneBy =
  /** Even before there is a coalition here. */
  | 'anyone'
  /** Anybody in a workspace of the coalition. */
  | 'visitor'
  /** Whoever has joined. */
  | 'member'
  /** Whoever speaks for a partner: its representative or an alternate. */
  | 'voice'
  | 'backbone';

export function mayDo(member: Member | null, hasCoalition: boolean, by: MayBeDoneBy): boolean {
  switch (by) {
    case 'anyone':
      return true;
    case 'visitor':
      return hasCoalition;
    case 'member':
      return member !== null;
    case 'voice':
      return speaksForPartner(member);
    case 'backbone':
      return member?.standing === 'backbone';
    default:
      return by satisfies never;
  }
}

/** Whether this member's word is their partner's word. Staff who belong to a partner speak for it too. */
export function speaksForPartner(member: Member | null): boolean {
  if (!member?.partner) return false;
  return member.standing !== 'member' && member.standing !== 'guest';
}
