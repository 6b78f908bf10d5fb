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

/** A new id. Version 7: ids made later sort later, which keeps the database's indexes compact. */
export function newId<I extends Id<string>>(): I {
  return v7() as I;
}
