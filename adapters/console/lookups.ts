import type { Context } from 'hono';
import { shortened } from '../../src/core/plain-text.ts';
import type { Account, Accounts } from './accounts.ts';
import type { MessageRow, Messages } from './messages.ts';
import { RequestTrouble } from './trouble.ts';
import type { Place } from './web/wire.ts';

/** Whom and what a request names; each throws with what to do when there is none. */
export type Lookups = ReturnType<typeof makeLookups>;

export function makeLookups(accounts: Accounts, messages: Messages) {
  async function getAccount(ref: string): Promise<Account> {
    const account = await accounts.find(ref);
    if (!account) throw new RequestTrouble(404, 'trouble.nobody', { ref: shortened(ref, 60) });
    return account;
  }

  return {
    getAccount,
    /** Whoever `?as=` names. */
    getAsker: (context: Context) => getAccount(context.req.query('as') ?? ''),

    async getPlace(account: Account, ref: string): Promise<Place> {
      const wanted = ref.replace(/^#/, '');
      const place = (await accounts.listPlaces(account.ref)).find((each) => each.ref === wanted);
      if (place) return place;
      throw new RequestTrouble(404, 'trouble.no-place', { ref: shortened(ref, 60), name: account.name });
    },

    async getMessage(account: Account, ref: string): Promise<MessageRow> {
      const message = await messages.find(ref, account.ref);
      if (!message) throw new RequestTrouble(404, 'trouble.no-message');
      return message;
    },
  };
}

/** A whole number from an address, or null when it is left out. */
export function wholeNumber(name: string, typed: string | undefined): number | null {
  if (typed === undefined) return null;
  if (!/^\d{1,15}$/.test(typed))
    throw new RequestTrouble(400, 'trouble.input', { problem: `${name} is a whole number` });
  return Number(typed);
}
