import type { Reader } from '../../src/core/reader.ts';
import { say } from './console-words.ts';
import type { Trouble } from './web/wire.ts';

type Reason = Extract<Parameters<typeof say>[1], `trouble.${string}`>;

/** A request that cannot be served as it is. `message` says what to do instead. */
export class RequestTrouble extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 421 | 429 | 500;
  readonly body: Trouble;

  constructor(
    status: RequestTrouble['status'],
    reason: Reason,
    values: Readonly<Record<string, string | number>> = {},
  ) {
    super(reason);
    this.name = 'RequestTrouble';
    this.status = status;
    const message = say.plain(interfaceReader, reason, values);
    this.body = { error: { code: reason.replace('trouble.', 'console.'), message } };
  }
}

/** Who scripts the console reads English, as its documentation is. */
const interfaceReader: Reader = { language: 'en', timeZone: 'UTC' };
