import type { Answer, Answers, Mistaken } from './answer.ts';
import type { Asked, AskedBy } from './asked.ts';
import type { Part } from './card.ts';
import type { Commitment } from './commitment.ts';
import type { DigestSection } from './digest-section.ts';
import type { Fields, ValuesOf } from './field.ts';
import type { Groups } from './groups.ts';
import type { CoalitionId, MemberId, PartnerId } from './ids.ts';
import type { Tools, View, Wake, Writing } from './ports.ts';
import type { Press } from './press.ts';
import type { Reader } from './reader.ts';
import type { TalkingPoint } from './talking-points.ts';
import type { Text } from './text.ts';
import type { Coalition, MayBeDoneBy, Member, PlatformName } from './who.ts';
import type { Say } from './words.ts';

/**
 * What a feature consists of. The `define…` functions only tie types together: the handler of a command sees
 * its own options, and a member where its permission promises one. After that they are plain data.
 */
export type Action = {
  readonly answers: Answers;
  readonly by: MayBeDoneBy;
};

export type Command = Action & {
  /** `partners show`: the slash command and its sub-command. A public name, never reused. */
  readonly name: string;
  /** Whether this is what the bare slash command does. */
  readonly bare: boolean;
  readonly options: Fields;
  run(input: { options: Record<string, unknown>; asked: Asked; tools: Tools }): Promise<Answer | Mistaken>;
};

export function defineCommand<
  const By extends MayBeDoneBy,
  F extends Fields = Record<never, never>,
>(command: {
  name: string;
  bare?: boolean;
  answers: Answers;
  by: By;
  options?: F;
  run(input: { options: ValuesOf<F>; asked: AskedBy<By>; tools: Tools }): Promise<Answer | Mistaken>;
}): Command {
  return { bare: false, options: {}, ...command } as unknown as Command;
}

export type Button = Action & {
  readonly press: Press<never>;
  run(input: {
    payload: unknown;
    /** What was picked, for a select; empty for a button. */
    picked: readonly string[];
    asked: Asked;
    tools: Tools;
  }): Promise<Answer>;
};

/** A button or a select: both are pressed. */
export function defineButton<const By extends MayBeDoneBy, P>(button: {
  press: Press<P>;
  answers: Answers;
  by: By;
  run(input: { payload: P; picked: readonly string[]; asked: AskedBy<By>; tools: Tools }): Promise<Answer>;
}): Button {
  return button as unknown as Button;
}

export type Form = Action & {
  readonly press: Press<never>;
  readonly fields: Fields;
  /** What is typed is never kept as a draft: for answers that nothing may join to whoever gave them. */
  readonly secret?: boolean;
  submit(input: {
    payload: unknown;
    values: Record<string, unknown>;
    asked: Asked;
    tools: Tools;
  }): Promise<Answer | Mistaken>;
};

export type DefinedForm<P, F extends Fields> = Form & { readonly address: Press<P>; readonly asks: F };

export function defineForm<const By extends MayBeDoneBy, P, F extends Fields>(form: {
  press: Press<P>;
  answers: Exclude<Answers, 'with-form'>;
  by: By;
  fields: F;
  secret?: boolean;
  submit(input: {
    payload: P;
    values: ValuesOf<F>;
    asked: AskedBy<By>;
    tools: Tools;
  }): Promise<Answer | Mistaken>;
}): DefinedForm<P, F> {
  return { ...form, address: form.press, asks: form.fields } as unknown as DefinedForm<P, F>;
}

/** What happens when a timer of this kind is due. Runs in the transaction that marks the timer done. */
export type TimedJob = {
  readonly kind: string;
  run(due: {
    writing: Writing;
    coalition: Coalition;
    subject: string;
    occurrence: string;
    dueAt: Date;
    tools: Tools;
  }): Promise<void>;
};

/**
 * Something outside the database that is kept in step with it, or that may leave no timer. The sweep finds what may be
 * out of step or due, a worker sees to it; both may happen twice.
 */
export type Upkeep = {
  readonly kind: string;
  listDue(tools: Tools, realNow: Date): Promise<readonly string[]>;
  run(
    id: string,
    scope: { tools: Tools; groups: ReadonlyMap<PlatformName, Groups>; realNow: Date },
  ): Promise<void>;
};

/** Asks for one upkeep soon, instead of within the minute. */
export const upkeepOf = (kind: string, id: string): Wake => ({ wake: 'upkeep', id: `${kind}/${id}` });

export type Feature = {
  readonly name: string;
  readonly say: Say<never>;
  readonly commands: readonly Command[];
  readonly buttons: readonly Button[];
  readonly forms: readonly Form[];
  readonly jobs: readonly TimedJob[];
  readonly views: readonly View[];
  readonly longWork: readonly LongWorkKind[];
  readonly upkeep: readonly Upkeep[];
  /** What this feature adds to other features' pages. */
  readonly adds: {
    /** Sections of the weekly digest, in order. */
    readonly digest?: readonly DigestSection[];
    /** Promises of the partner agreement that this feature can see kept. */
    readonly commitments?: readonly Commitment[];
    /** What a member holds here and what is asked of them, for "my place in the coalition". */
    myPlace?(scope: PersonScope & { reader: Reader }): Promise<readonly Part[]>;
    /** Everything stored about a member here, for their export. JSON-safe. */
    stored?(scope: PersonScope): Promise<Record<string, unknown>>;
    /**
     * A member leaves: asks their organisation who takes over what they hold, and tells them so. Null where nobody is
     * asked.
     */
    asksSuccessor?(
      scope: PersonScope & { writing: Writing; reader: Reader },
    ): Promise<readonly Part[] | null>;
    /**
     * A member leaves: hand over or free what they hold. Returns what happened, in sentences for them. `handOver`: their
     * organisation is being asked who takes over, so what they hold for it stays until that is confirmed.
     */
    departed?(
      scope: PersonScope & { writing: Writing; reader: Reader; handOver: boolean },
    ): Promise<readonly Part[]>;
    /** What staff may talk about when they call a partner; of each kind the first is shown. */
    talkingPoints?(scope: {
      coalition: Coalition;
      partnerId: PartnerId;
      reader: Reader;
      tools: Tools;
    }): Promise<readonly TalkingPoint[]>;
    /** What a member holds here and would hand over, in words such as "the role Note-taker"; staff see it. */
    held?(scope: PersonScope & { reader: Reader }): Promise<readonly Text[]>;
    /** Somebody takes over from another of the same organisation: move what the one holds here to the other. */
    handedOver?(scope: {
      coalition: Coalition;
      partnerId: PartnerId;
      from: MemberId;
      to: MemberId;
      /** `from` is here for another organisation by now: what is theirs, or that one's, stays where it is. */
      elsewhere: boolean;
      tools: Tools;
      writing: Writing;
    }): Promise<void>;
    /** A message to a member could not be delivered by any way they have. */
    unreachable?(scope: CoalitionScope & { memberId: MemberId }): Promise<void>;
    /** Two members turn out to be one person: what `from` did and holds here becomes `into`'s. */
    merged?(scope: {
      coalitionId: CoalitionId;
      from: MemberId;
      into: MemberId;
      tools: Tools;
      writing: Writing;
    }): Promise<void>;
    /** Staff end a partnership: free or close what the organisation itself holds. Its people stay members. */
    partnerEnded?(scope: {
      coalition: Coalition;
      partnerId: PartnerId;
      tools: Tools;
      writing: Writing;
    }): Promise<void>;
    /** A member asked to be forgotten: remove or anonymise what names them. */
    forget?(scope: { coalitionId: CoalitionId; memberId: MemberId; writing: Writing }): Promise<void>;
    /**
     * The coalition's time zone, working days, holidays or quiet hours have changed, in the same transaction:
     * move whatever is planned by them. Returns what moved, in sentences for whoever changed them.
     */
    replan?(scope: CoalitionScope & { before: Coalition; reader: Reader }): Promise<readonly Part[]>;
    /** A member's own time zone has changed, in the same transaction: move whatever is planned by it. */
    replanOf?(scope: PersonScope & { writing: Writing }): Promise<void>;
    /** A decision has closed, in the same transaction: do what hangs on its outcome. */
    decided?(
      scope: CoalitionScope & { decision: { id: string; number: number; passed: boolean } },
    ): Promise<void>;
    /** Somebody became a partner, or a partner's card or its voices changed, in the same transaction. */
    partnersChanged?(scope: CoalitionScope): Promise<void>;
  };
};

type CoalitionScope = { readonly coalition: Coalition; readonly writing: Writing; readonly tools: Tools };
type PersonScope = { readonly coalition: Coalition; readonly member: Member; readonly tools: Tools };

export function defineFeature<K extends string>(feature: {
  name: string;
  say: Say<K>;
  commands?: readonly Command[];
  buttons?: readonly Button[];
  forms?: readonly Form[];
  jobs?: readonly TimedJob[];
  views?: readonly View[];
  longWork?: readonly LongWorkKind[];
  upkeep?: readonly Upkeep[];
  adds?: Feature['adds'];
}): Feature {
  const nothing = { commands: [], buttons: [], forms: [], jobs: [], views: [], longWork: [], upkeep: [] };
  return { ...nothing, adds: {}, ...feature } as unknown as Feature;
}

/** Work that outlasts an answer, done in one transaction so that cancelling leaves none of it. */
export type LongWorkKind = {
  readonly kind: string;
  run(work: {
    writing: Writing;
    coalition: Coalition;
    memberId: MemberId;
    input: unknown;
    /** Says how far it is; throws when the person has asked to cancel, which rolls everything back. */
    progress(done: number, total: number): Promise<void>;
    tools: Tools;
  }): Promise<unknown>;
  /** The card while it runs and when it has ended. */
  describe(state: LongWorkState, reader: Reader): readonly Part[];
};

export type LongWorkState = {
  readonly state: 'waiting' | 'running' | 'finished' | 'cancelled' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly input: unknown;
  readonly result: unknown;
};
