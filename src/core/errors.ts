import type { Text } from './text.ts';

/** What whoever runs the bot can mend. Its message is a sentence for them, shown by itself and without a stack. */
export class ExpectedError extends Error {}

/**
 * Something the person can mend. Shown to them alone, always with the next step in it. Handlers return
 * `refused(...)`; a store that finds the trouble deep inside a transaction throws this instead.
 */
export class PersonError extends Error {
  readonly code: string;
  readonly words: Text;

  /** @param code `feature.reason`, stable, for tests and logs */
  constructor(code: string, words: Text) {
    super(code);
    this.name = 'PersonError';
    this.code = code;
    this.words = words;
  }
}

export type PlatformTrouble =
  /** Wait and try again: rate limited, or the platform is down. */
  | 'busy'
  /** We do not know whether the platform took it. */
  | 'no-answer'
  /** The channel, message or person is gone or closed to us. */
  | 'gone'
  | 'direct-messages-closed'
  /** The bot lacks a scope or permission; `missing` names it. */
  | 'not-allowed'
  /** The token no longer works, or the bot was removed. */
  | 'disconnected'
  /** The platform refused what we sent: our bug. */
  | 'refused';

/** A platform said no. Jobs retry `busy` and `no-answer`; the rest is recorded and told to staff. */
export class PlatformError extends Error {
  readonly code: PlatformTrouble;
  readonly platform: string;
  readonly retryAfterMs: number | undefined;
  readonly missing: string | undefined;

  constructor(
    code: PlatformTrouble,
    platform: string,
    more: {
      retryAfterMs?: number | undefined;
      missing?: string | undefined;
      detail?: string;
      cause?: unknown;
    } = {},
  ) {
    super(`${platform}: ${code}${more.detail ? ` (${more.detail})` : ''}`, { cause: more.cause });
    this.name = 'PlatformError';
    this.code = code;
    this.platform = platform;
    this.retryAfterMs = more.retryAfterMs;
    this.missing = more.missing;
  }
}
