import { PlatformError } from '../../src/core/errors.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { groupRef } from '../../src/delivery/delivery.ts';
import { type Accounts, consoleWorkspace } from './accounts.ts';
import type { Messages } from './messages.ts';

/** Puts the bot's own messages into the console. The same delivery makes one message, whatever happens. */
export function makeMessenger(accounts: Accounts, messages: Messages): Messenger {
  const { platform } = consoleWorkspace;
  const gone = (what: string) => new PlatformError('gone', platform, { detail: `no such ${what}` });

  /** What the database throws leaves open whether the message was written; the next try finds out. */
  async function orNoAnswer<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw cause instanceof PlatformError ? cause : new PlatformError('no-answer', platform, { cause });
    }
  }

  return {
    platform,
    paceMs: 0,

    post: (to, { card, deliveryId }) =>
      orNoAnswer(async () => {
        const { placeRef } = to;
        if (to.workspaceRef !== consoleWorkspace.ref || !(await accounts.hasPlace(placeRef)))
          throw gone('place');
        const nobody = { visibleTo: null, askedBy: null, about: null };
        const message = await messages.add({ placeRef, deliveryId, card, ...nobody });
        return { messageRef: message.id };
      }),

    openGroup: (_workspaceRef, accountRefs) =>
      orNoAnswer(async () => {
        const placeRef = groupRef(accountRefs);
        if (!(await accounts.hasPlace(placeRef))) throw gone('person');
        return { placeRef };
      }),

    redraw: (_to, messageRef, { card }) =>
      orNoAnswer(async () => {
        if ((await messages.redraw(messageRef, card)) === null) throw gone('message');
      }),
  };
}
