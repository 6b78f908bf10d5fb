import { discordLimits } from './limits.ts';

/**
 * What Discord can and cannot do, for the tests that run the same conversation everywhere. Where it cannot do
 * something, a value below says what happens instead; the README says why.
 */
export const capabilities = {
  platform: 'discord',
  /** Meetings among a server’s events, where the bot was given “Create Events”. */
  calendar: true,
  /** A submitted modal is closed: problems come as an answer that opens it again with what was typed. */
  showsProblemsInForms: false,
  /** Options arrive typed; Discord itself refuses a missing one. */
  typesOptions: true,
  suggestsOptions: true,
  /** There is no question before a press counts; handlers do not rely on one. */
  asksBeforePressing: false,
  takesFilesInForms: true,
  /** Modals have text, selects and uploads, no picker of days: one types, and commands suggest what is near. */
  datePickers: false,
  filesInPrivateAnswers: true,
  picturesInPrivateAnswers: true,
  privateMessagesVanish: true,
  tones: true,
  instantsInReadersZone: true,
  home: false,
  /**
   * Bots may not open group messages (resources/user, "Create Group DM" takes people's own tokens), and a private
   * thread is none: everybody with Manage Threads reads it, it stands in a channel that all of them must see, and
   * opening it takes a permission that the bot needs for nothing else. Each is written to alone.
   */
  groupConversations: false,
  /** What can follow who holds a role: Discord's own roles, with the optional permission Manage Roles. */
  groups: 'roles',
  /** Milliseconds within which a form must be opened after a click or command. */
  formWithinMs: 3_000,
  /** An answer that takes longer goes out as a message of its own. */
  answerWithinMs: 15 * 60_000,
  limits: discordLimits,

  /** A modal's own button always says "Submit". */
  submitLabel: 'fixed',
  introBesideFiveFields: 'left-out',
  /** A command's options beyond five wait aside while the others are mended. */
  moreThanFiveOptionsInForm: 'kept-aside',
  /** A form must be the first response: one that is late is opened by a button. */
  formAfterAcknowledging: 'opened-by-button',
  /** Discord does not tell a person's zone; their app draws timestamps in it. */
  timeZoneOfPerson: 'unknown',
  /** A direct message names no server, so commands are offered in servers only. */
  commandsInDirectMessages: 'server-only',
  /** Without a membership event, which needs a privileged intent, the next message tells. */
  memberLeftServer: 'not-told',
} as const;
