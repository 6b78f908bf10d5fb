/** What the console's HTTP interface speaks: plain JSON, made by the adapter and drawn by the page. */

/** A piece of a sentence. Everything in it is text to show; nothing in it is markup. */
export type Span =
  | { readonly span: 'text'; readonly text: string }
  | { readonly span: 'bold' | 'italic'; readonly spans: readonly Span[] }
  | { readonly span: 'code'; readonly text: string }
  /** `href` is null when the address is none that a browser should open: then it is only text. */
  | { readonly span: 'link'; readonly href: string | null; readonly text: string }
  | { readonly span: 'mention'; readonly name: string; readonly you: boolean }
  | { readonly span: 'place'; readonly ref: string; readonly name: string }
  /** `yours` is the reader's clock; `own` the clock it was meant by, where that differs. */
  | { readonly span: 'instant'; readonly iso: string; readonly yours: string; readonly own: string | null };

export type Block =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'text' | 'note'; readonly spans: readonly Span[] }
  | {
      readonly block: 'fields';
      readonly fields: readonly { readonly label: string; readonly spans: readonly Span[] }[];
    }
  | { readonly block: 'list'; readonly ordered: boolean; readonly items: readonly (readonly Span[])[] }
  | { readonly block: 'tally'; readonly total: number; readonly options: readonly TallyRow[] }
  | { readonly block: 'progress'; readonly label: string; readonly done: number; readonly total: number }
  | { readonly block: 'people'; readonly people: readonly { readonly name: string; readonly note: string }[] }
  | { readonly block: 'image'; readonly url: string; readonly alt: string }
  | { readonly block: 'file'; readonly name: string; readonly bytes: number; readonly href: string }
  | { readonly block: 'buttons'; readonly buttons: readonly ButtonRow[] }
  | {
      readonly block: 'select';
      readonly id: string;
      readonly placeholder: string;
      readonly choices: readonly Choice[];
    }
  | { readonly block: 'divider' };

export type TallyRow = {
  readonly label: string;
  readonly count: number;
  readonly percent: number;
  readonly voters: readonly string[];
};
export type ButtonRow = {
  readonly id: string;
  readonly label: string;
  readonly look: 'plain' | 'primary' | 'danger';
  readonly confirm: string | null;
};
export type Choice = { readonly value: string; readonly label: string; readonly description?: string };

export type Message = {
  readonly ref: string;
  readonly place: string;
  /** Where it stands in the conversation; later messages have a higher one. */
  readonly position: number;
  /** Raised by every change of any message: read again `since` the highest one you have seen. */
  readonly change: number;
  /** Only the reader sees it. */
  readonly private: boolean;
  /** What it answers, when somebody asked. */
  readonly about: { readonly name: string; readonly you: boolean; readonly text: string } | null;
  readonly postedAt: string;
  /** The same in the reader's words and zone. */
  readonly posted: { readonly day: string; readonly time: string };
  readonly tone: 'plain' | 'calm' | 'attention' | 'done';
  readonly blocks: readonly Block[];
  /** The whole message read aloud. */
  readonly text: string;
  /** It is no longer there; only ever told to somebody who reads `since`. */
  readonly gone: boolean;
};

export type FormField = {
  readonly name: string;
  readonly kind:
    | 'text'
    | 'paragraph'
    | 'whole-number'
    | 'yes-no'
    | 'choice'
    | 'list'
    | 'member'
    | 'place'
    | 'file';
  readonly label: string;
  readonly hint: string | null;
  readonly placeholder: string | null;
  readonly required: boolean;
  readonly max: number;
  readonly choices: readonly Choice[] | null;
  readonly value: string;
  readonly problem: string | null;
};

export type Form = {
  readonly id: string;
  readonly title: string;
  readonly submit: string;
  readonly intro: string | null;
  readonly fields: readonly FormField[];
  /** Where it was opened, and from which message: send both back with the form. */
  readonly in: string;
  readonly on: string | null;
};

/** What comes back for a command, a press, a pick or a form. */
export type Result =
  | { readonly result: 'message'; readonly message: Message }
  | { readonly result: 'refused'; readonly code: string; readonly message: Message }
  | { readonly result: 'form'; readonly form: Form }
  /** The form was not taken; say it again with these fields put right. */
  | { readonly result: 'problems'; readonly problems: Readonly<Record<string, string>> }
  /** Taken, and there is nothing to say: a message that stands already shows it. */
  | { readonly result: 'done' }
  /** The same key came before. `message` is the answer of that time, where there was one. */
  | { readonly result: 'duplicate'; readonly message: Message | null };

export type Person = {
  readonly ref: string;
  readonly name: string;
  /** Null for somebody who has not joined. */
  readonly standing: string | null;
  readonly partner: string | null;
  readonly timeZone: string;
  readonly localTime: string;
};

export type Place = { readonly ref: string; readonly name: string; readonly kind: PlaceKind };
/** `group`: a conversation that only the people named in it and the bot see. */
export type PlaceKind = 'channel' | 'direct' | 'group';

export type Clock = {
  readonly now: string;
  /** The same on the coalition's wall clock, `YYYY-MM-DDTHH:MM:SSZ` read as if it were UTC. */
  readonly wall: string;
  readonly text: string;
  /** The coalition's, IANA and in words. */
  readonly timeZone: string;
  readonly zone: string;
  /** Whether it can be moved: only in the demo. */
  readonly movable: boolean;
  readonly nextDue: { readonly at: string; readonly wall: string; readonly text: string } | null;
};

export type Home = {
  readonly coalition: string | null;
  readonly demo: boolean;
  /** Whether there is a session that can be ended. */
  readonly signedIn: boolean;
  readonly people: readonly Person[];
  readonly places: readonly Place[];
  readonly clock: Clock;
};

export type CommandHelp = {
  readonly name: string;
  readonly summary: string;
  readonly example: string | null;
  readonly options: readonly OptionHelp[];
};
export type OptionHelp = {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly kind: FormField['kind'];
  readonly required: boolean;
  readonly given: boolean;
};

export type Completion = {
  /** The whole line once this suggestion is taken. */
  readonly line: string;
  readonly label: string;
  readonly detail: string;
  readonly kind: 'command' | 'option' | 'value';
  /** When what is shown and what is meant differ: send it along as `chosen`. */
  readonly chosen: { readonly option: string; readonly label: string; readonly value: string } | null;
};

export type Completions = {
  readonly suggestions: readonly Completion[];
  /** The command being typed, once it is one, and which of its options stands at the caret. */
  readonly command: CommandHelp | null;
  readonly option: string | null;
};

/** Every refusal: what is wrong, and what to do next. */
export type Trouble = { readonly error: { readonly code: string; readonly message: string } };
