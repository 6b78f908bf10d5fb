/** What the peer's Discord consists of: one bot, servers with channels, people, and the messages in between. */
export type World = {
  readonly applicationId: string;
  readonly botId: string;
  readonly token: string;
  readonly guilds: Map<string, { name: string; channels: Map<string, string> }>;
  /** The roles of each server, and who is in it with which of them. */
  readonly roles: Map<string, PeerRole[]>;
  readonly members: Map<string, Map<string, Set<string>>>;
  readonly messages: Map<string, PeerMessage>;
  /** Direct-message channels by person. */
  readonly direct: Map<string, string>;
  readonly closedDirect: Set<string>;
  /** Channels by what is missing in them, as Discord's error code: 50001 or 50013. */
  readonly forbidden: Map<string, number>;
  /** Channels whose history the bot may not read: Discord then shows it none. */
  readonly unreadable: Set<string>;
  commands: PeerCommand[];
  readonly events: Map<string, PeerEvent>;
  /** Servers in which the bot was given “Create Events”. */
  readonly mayCreateEvents: Set<string>;
  readonly interactions: Map<string, PeerInteraction>;
  now(): number;
  /** Lets time pass at Discord: for the 3 seconds, the 15 minutes and the life of a nonce. */
  forward(ms: number): void;
  snowflake(): string;
};

export type PeerRole = {
  readonly id: string;
  readonly name: string;
  permissions: string;
  position: number;
  managed: boolean;
};

export type PeerCommand = { readonly name: string; readonly [key: string]: unknown };

export type PeerEvent = {
  readonly id: string;
  readonly guild_id: string;
  /** 1 scheduled, 2 active, 3 completed, 4 cancelled. */
  readonly status: number;
  readonly name: string;
  readonly description: string;
  readonly scheduled_start_time: string;
  readonly scheduled_end_time: string;
  readonly entity_metadata: { readonly location: string };
};

export type PeerMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly nonce: string | null;
  readonly postedAt: number;
  body: MessageBody;
  files: PeerFile[];
  readonly ephemeral: boolean;
  gone: boolean;
  edits: number;
  readonly interactionId: string | null;
};

export type PeerFile = { readonly name: string; readonly text: string };
export type Component = {
  readonly type: number;
  id?: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly description?: string;
  readonly content?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly placeholder?: string;
  readonly components?: Component[];
  readonly component?: Component;
  readonly options?: { readonly value: string; readonly label: string; readonly default?: boolean }[];
  readonly default_values?: { readonly id: string }[];
  readonly [key: string]: unknown;
};
export type MessageBody = {
  readonly components?: Component[];
  readonly flags?: number;
  readonly allowed_mentions?: { readonly parse?: string[]; readonly users?: string[] };
  readonly [key: string]: unknown;
};
export type Modal = { readonly custom_id: string; readonly title: string; readonly components: Component[] };

export type PeerInteraction = {
  readonly id: string;
  readonly token: string;
  readonly createdAt: number;
  readonly channelId: string;
  readonly userId: string;
  /** Whether it came from a message, which it may then update. */
  readonly fromMessage: string | null;
  readonly isSubmit: boolean;
  /** The types of callback it got, which is one, or the refusals behind it. */
  acknowledged: number | null;
  ephemeral: boolean;
  /** `@original`: what was answered first, or the message that was pressed. */
  original: string | null;
  /** "Thinking": the first answer takes its place and its visibility. */
  thinking: boolean;
  readonly follows: string[];
  modal: Modal | null;
  choices: { name: string; value: string }[] | null;
};

const discordEpochMs = 1_420_070_400_000;

export function makeWorld(): World {
  let offsetMs = 0;
  let made = 0n;
  const now = () => Date.now() + offsetMs;
  const snowflake = () => {
    made += 1n;
    return ((BigInt(now() - discordEpochMs) << 22n) | (made & 0xfffn)).toString();
  };
  return {
    applicationId: snowflake(),
    botId: snowflake(),
    token: `peer.${Math.random().toString(36).slice(2)}`,
    guilds: new Map(),
    roles: new Map(),
    members: new Map(),
    messages: new Map(),
    direct: new Map(),
    closedDirect: new Set(),
    forbidden: new Map(),
    unreadable: new Set(),
    commands: [],
    events: new Map(),
    mayCreateEvents: new Set(),
    interactions: new Map(),
    now,
    snowflake,
    forward(ms) {
      offsetMs += ms;
    },
  };
}
