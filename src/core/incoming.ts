import type { PlatformName } from './who.ts';

/** What an adapter made of one thing that a platform delivered, verified and parsed. */
export type Incoming = {
  readonly platform: PlatformName;
  /** The platform's own id of this delivery: the same when it is delivered again. */
  readonly deliveryKey: string;
  readonly workspace: { readonly ref: string; readonly name: string };
  readonly account: {
    readonly ref: string;
    readonly name: string;
    /** What the platform knows of them, for people who have not joined yet. */
    readonly language?: string;
    readonly timeZone?: string;
  };
  readonly place: { readonly ref: string; readonly name: string } | null;
  /** What the platform calls the channels that the input names by id. */
  readonly placeNames?: Readonly<Record<string, string>>;
} & Act;

export type Act =
  /** Options by name where the platform types them; else everything behind the command, as text. */
  | {
      readonly act: 'command';
      readonly name: string;
      readonly typed: string | Readonly<Record<string, string>>;
    }
  | { readonly act: 'press'; readonly id: string; readonly picked: readonly string[] }
  | { readonly act: 'submit'; readonly id: string; readonly values: Readonly<Record<string, string>> };
