import type { Database, Reading, Tx } from '../database.ts';
import type { CalendarEvent, Card, Part } from './card.ts';
import type { Feature } from './command.ts';
import type { CoalitionId, Id, MemberId, PartnerId, PlaceId, WorkspaceId } from './ids.ts';
import type { JoinedItemId } from './joined-id.ts';
import type { Reader } from './reader.ts';
import type { Text } from './text.ts';
import type { Coalition, Member, PlatformName } from './who.ts';

/** What the core needs from outside. Adapters, jobs and the folders beside `core` provide it. */

export type Clock = { now(): Date };

/** Structured logging. Values are ids, codes and numbers: never names, message text or tokens. */
export type Log = {
  info(facts: Facts, event: string): void;
  warn(facts: Facts, event: string): void;
  error(facts: Facts, event: string): void;
};
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined | Error>>;

/** Something for a worker to do soon. Losing one loses nothing: the sweep finds what is due in the database. */
export type Wake =
  | { readonly wake: 'lane'; readonly id: string }
  | { readonly wake: 'timer'; readonly id: string }
  | { readonly wake: 'long-work'; readonly id: string }
  /** `<kind>/<id>`: something outside that may be out of step. */
  | { readonly wake: 'upkeep'; readonly id: string };

export type Jobs = { wake(what: Wake, delayMs?: number): Promise<void> };

/** One transaction, and what is to be woken when it has been committed. */
export type Writing = {
  readonly tx: Tx;
  readonly now: Date;
  /** By the real clock: see `Tools`. */
  readonly realNow: Date;
  /** Nobody did anything just now: a timer is due. What it posts to channels waits while all is paused. */
  readonly byItself?: boolean;
  wake(what: Wake, delayMs?: number): void;
};

/**
 * Where a message goes: a channel's id, `@` and an account's id for a direct message, or `&` and several accounts'
 * ids joined by `+` for a conversation that only they see.
 */
export type Destination = { readonly workspaceRef: string; readonly placeRef: string };

/** One platform's way of putting messages somewhere. Throws `PlatformError` and nothing else. */
export type Messenger = {
  readonly platform: PlatformName;
  /** Least time between two messages to one place, in milliseconds. */
  readonly paceMs: number;
  /** Average time between two redraws in one workspace, where the platform counts them so. */
  readonly redrawPaceMs?: number;
  /**
   * @param deliveryId the same on every try of the same message
   * @param maybeSent an earlier try ended without an answer: look before sending again
   * @returns `sentEarlier`: that try had arrived, and nothing was sent now
   */
  post(
    to: Destination,
    message: Drawn & { deliveryId: string; maybeSent: boolean },
  ): Promise<{ messageRef: string; sentEarlier?: boolean }>;
  redraw(to: Destination, messageRef: string, message: Drawn): Promise<void>;
  /**
   * Opens a conversation that only these accounts see, or finds the one there is, and gives the id by which
   * `post` knows it. Left out where bots cannot: each is then written to alone.
   */
  openGroup?(workspaceRef: string, accountRefs: readonly string[]): Promise<{ placeRef: string }>;
  /** The calendar that a whole workspace sees, on the platforms in `platformsWithCalendar`. */
  readonly calendar?: {
    /** @param maybeSent an earlier try ended without an answer: look before posting again */
    post(workspaceRef: string, event: CalendarEvent, maybeSent: boolean): Promise<{ messageRef: string }>;
    redraw(workspaceRef: string, messageRef: string, event: CalendarEvent): Promise<void>;
  };
};

/** A card with what an adapter needs to draw it for a place. */
export type Drawn = {
  readonly card: Card;
  readonly reader: Reader;
  /** The platform's user id of every mentioned member who has an account in that workspace. */
  readonly accounts: ReadonlyMap<MemberId, string>;
};

/** A card that is redrawn everywhere it stands when its subject changes. */
export type View = {
  readonly id: string;
  /** Null when the subject is gone; the message then stays as it was. */
  draw(subject: string, scope: { tools: Tools; coalition: Coalition; reader: Reader }): Promise<Card | null>;
};

/**
 * Where everybody sees it. `calendar`: of a whole workspace; undeliverable where its platform has none, or the card
 * holds no event.
 */
type ToAll = {
  readonly to: { readonly place: PlaceId } | { readonly calendar: WorkspaceId };
  /** Why it stands there and why now, in the coalition's language: for staff who ask. */
  readonly why: Text;
  /** When it is of no use any more: what a timer posts is dropped then, and that is on record. */
  readonly expires?: Date;
};
/** `together`: a conversation of exactly these members; undeliverable where there is none. */
type ToPeople = {
  readonly to: /** `notBy`: the lanes by which this did not arrive. */
    | { readonly member: MemberId; readonly notBy?: readonly string[] }
    | { readonly together: readonly MemberId[] };
};

export type Delivery = {
  /** Queues one message. The same `key` in the same coalition is one message, however often it is posted. */
  post(
    writing: Writing,
    message: {
      coalitionId: CoalitionId;
      key: string;
      card: Card;
      live?: { view: View; subject: string };
    } & (ToAll | ToPeople),
  ): Promise<{ posted: boolean; reason?: 'unreachable' }>;
  /** Says that what a live card shows has changed. */
  redraw(writing: Writing, changed: { coalitionId: CoalitionId; view: View; subject: string }): Promise<void>;
};

export type Timers = {
  /** Sets or moves one occurrence. One that has already happened stays done. */
  set(writing: Writing, timer: TimerKey & { dueAt: Date }): Promise<void>;
  /** Several of different keys in one statement. */
  setEach(writing: Writing, timers: readonly (TimerKey & { dueAt: Date })[]): Promise<void>;
  /** Takes back what has not happened yet. */
  cancel(writing: Writing, timer: Omit<TimerKey, 'occurrence'> & { occurrence?: string }): Promise<void>;
};
type TimerKey = {
  readonly coalitionId: CoalitionId;
  readonly kind: string;
  readonly subject: string;
  readonly occurrence: string;
};

export type ReachKind = 'ask' | 'give' | 'neutral';

/** Something that one person is to hear. */
export type Reaching = {
  coalition: Coalition;
  member: MemberId;
  from: string;
  subject: string;
  card: Card;
  /** Its deadline: what has not gone out by then is dropped, and that is on record. */
  expires?: Date;
  /** What matters much goes first. */
  matters?: 'much' | 'usual' | 'little';
  /** Why it cannot wait for the person's hours and limits; said to them where it breaks them. */
  urgent?: Text;
  /** Whoever may be written to before this is not hurried after all; left out, what is urgent waits for nobody. */
  canWaitUntil?: Date;
  /** Why this person and why now, in the coalition's language: for staff who ask. */
  why: Text;
  /** It takes over from something that staff let go, and is let go too. */
  released?: Released;
} & (
  | { kind: ReachKind; confidential?: false }
  /** Whom it goes to and why is nobody else's business, staff's included; asks are not so, because staff see the held. */
  | { kind: 'give' | 'neutral'; confidential: true }
);

/** When staff let a held ask go in spite of the balance, and who. */
type Released = { readonly at: Date; readonly by: MemberId | null };

export type TakenBack = {
  readonly member: MemberId;
  readonly subject: string;
  readonly released: Released | null;
};

/** The one way out to a person who did not just ask. */
export type Outreach = {
  /**
   * The same subject from the same feature reaches the same member once. Reminders of one ask are `<ask>#<which>`:
   * they count as one ask, and a later one takes the place of an earlier one that still waits.
   */
  reach(writing: Writing, message: Reaching): Promise<void>;
  /** The same to several people of one coalition, in as many statements as for one. */
  reachEach(writing: Writing, messages: readonly Reaching[]): Promise<void>;
  /** Working time has changed, the coalition's or one member's: plans anew what waits for it. */
  replan(writing: Writing, coalitionId: CoalitionId, member?: MemberId): Promise<void>;
  /** People of a partner were really in touch: asks that were held for that go out. */
  contacted(writing: Writing, partner: { coalitionId: CoalitionId; partnerId: PartnerId }): Promise<void>;
  /**
   * What stands in a message of several has been answered and shows this card now. Gives the whole message as it is
   * to be drawn, or null when it is none of this member's or too large to be read in full among others.
   */
  rejoin(
    writing: Writing,
    answered: {
      coalitionId: CoalitionId;
      member: Pick<Member, 'id'> & Reader;
      item: JoinedItemId;
      card: Card;
    },
  ): Promise<Card | null>;
  settings(
    reading: Reading,
    coalitionId: CoalitionId,
  ): Promise<{ perWeek: number; perDay: number; asksInRow: number; pausedAt: Date | null }>;
  change(
    writing: Writing,
    coalitionId: CoalitionId,
    caps: { perWeek?: number; perDay?: number; asksInRow?: number },
  ): Promise<void>;
  /** Nothing goes out by itself, to people or channels, until it is resumed. False when it was so already. */
  pause(writing: Writing, of: { coalitionId: CoalitionId; by: MemberId }): Promise<boolean>;
  /**
   * What waits goes out over two hours, one message for each person; posts that are out of date are dropped. Null when
   * nothing was paused.
   */
  resume(
    writing: Writing,
    of: { coalitionId: CoalitionId },
  ): Promise<{ posts: number; outdated: number } | null>;
  /** Staff send held asks of a partner knowingly. Gives how many. */
  release(
    writing: Writing,
    of: { coalitionId: CoalitionId; partnerId: PartnerId; by: MemberId },
  ): Promise<number>;
  /**
   * The same to several at once: in one conversation of theirs where their platform has such and all of them may
   * be contacted now; else a message of their own to each, when they may be.
   */
  reachTogether(
    writing: Writing,
    message: {
      coalition: Coalition;
      kind: ReachKind;
      from: string;
      subject: string;
      /** For the conversation, in the coalition's language. */
      card: Card;
      why: Text;
      each: readonly { readonly member: MemberId; readonly card: Card }[];
    },
  ): Promise<void>;
  /**
   * Takes back what has not been sent yet and has become needless: whatever of a feature has this subject.
   * Returns what was taken back, and from whom.
   */
  takeBack(
    writing: Writing,
    message: { coalitionId: CoalitionId; from: string; subjectPrefix: string; members?: readonly MemberId[] },
  ): Promise<readonly TakenBack[]>;
  /** Delivery tells how a direct message ended; one that is not outreach is none of its business. */
  settled(writing: Writing, message: { outgoingKey: string; failure: string | null }): Promise<void>;
};

const contactKinds = ['call', 'visit', 'coffee', 'meeting', 'introduction', 'reply'] as const;
export type ContactKind = (typeof contactKinds)[number];

/**
 * Real contacts with partners, which restart their clocks: people met, spoke or wrote words. What the bot sends and
 * a press of a button are none.
 */
export type Contacts = {
  /** The same kind and subject with the same partner is one contact, however often it is seen. */
  record(
    writing: Writing,
    contact: {
      readonly coalitionId: CoalitionId;
      readonly partnerId: PartnerId;
      /** The partner's person, where that is known. */
      readonly memberId: MemberId | null;
      readonly kind: ContactKind;
      /** Named by the feature that saw it, such as `decision:<id>`. */
      readonly subject: string;
      readonly at: Date;
    },
  ): Promise<void>;
  /** A member wrote words: once a day (UTC) about a subject. One without a partner restarts nobody's clock. */
  recordReply(
    writing: Writing,
    reply: { coalitionId: CoalitionId; member: Pick<Member, 'id' | 'partner'>; subject: string },
  ): Promise<void>;
};

/** What only a person on staff can mend. */
export type StaffTasks = {
  /** The same trouble stays one task; one that was mended and comes back is open again. */
  open(
    writing: Writing,
    task: { coalitionId: CoalitionId; kind: string; subject: string; text: Text },
  ): Promise<void>;
  /** One, several, or all of a kind whose subject begins alike. */
  close(
    writing: Writing,
    task: { coalitionId: CoalitionId; kind: string } & (
      | { subject: string }
      | { subjects: readonly string[] }
      | { subjectPrefix: string }
    ),
  ): Promise<void>;
};

export type LongWorkId = Id<'long-work'>;

/** Starts work that outlasts an answer. Its progress card goes to the member who asked, as a direct message. */
export type LongWork = {
  start(
    writing: Writing,
    work: { coalition: Coalition; member: Member; kind: string; input: unknown },
  ): Promise<StartedWork>;
  /** Where whoever started it finds its progress, with a button that shows it in the answer's own place. */
  where(started: StartedWork, reader: Reader): readonly Part[];
};
/** `reached`: whether there is any account to which the progress card can go. */
type StartedWork = { readonly id: LongWorkId; readonly reached: boolean };

/** What a handler works with. */
export type Tools = {
  readonly database: Database;
  /** The coalition's time, which may be moved ahead where the bot is tried out. */
  readonly clock: Clock;
  /** The time on which all processes agree, for what platforms and processes wait for each other. */
  readonly realClock: Clock;
  readonly log: Log;
  readonly delivery: Delivery;
  readonly timers: Timers;
  readonly outreach: Outreach;
  readonly staffTasks: StaffTasks;
  readonly contacts: Contacts;
  readonly longWork: LongWork;
  /** Every feature, for pages that gather something from all of them. */
  features(): readonly Feature[];
  /**
   * Runs `work` in one transaction and has the workers woken once it is committed. It may run twice when two
   * transactions meet, so it does nothing outside the database.
   */
  write<T>(work: (writing: Writing) => Promise<T>, mayTakeMs?: number): Promise<T>;
  /** Wakes the workers after something was written without `write`. */
  wake(targets: readonly Wake[]): void;
};
