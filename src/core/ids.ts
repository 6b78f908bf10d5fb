import { v7 } from 'uuid';

declare const of: unique symbol;

/** A UUID that knows at compile time whose it is, so that a partner's id cannot be passed for a member's. */
export type Id<Of extends string> = string & { readonly [of]: Of };

export type CoalitionId = Id<'coalition'>;
export type WorkspaceId = Id<'workspace'>;
export type PartnerId = Id<'partner'>;
export type MemberId = Id<'member'>;
export type AccountId = Id<'account'>;
export type PlaceId = Id<'place'>;

/**
 * A new id. Version 7: ids made later sort later, which keeps the database's indexes compact.
 * @param at the moment it tells, where somebody relies on that; the machine's own clock may be wrong
 */
export function newId<I extends Id<string>>(at?: Date): I {
  return v7(at && { msecs: at.getTime() }) as I;
}

/** Whether a text that came from outside can be one of our ids at all. */
export function isId<I extends Id<string>>(typed: string): typed is I {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(typed);
}
