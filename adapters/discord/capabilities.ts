/**
 * What Discord can and cannot do. The contract of all adapters holds it to each value: where it cannot do something,
 * that says what happens instead, and the README says why.
 */
export const capabilities = {
  platform: 'discord',
  /** A submitted modal is closed: problems come as an answer that opens it again with what was typed. */
  showsProblemsInForms: false,
  /** Options arrive typed; Discord itself refuses a missing one. */
  typesOptions: true,
  /** There is no question before a press counts; handlers do not rely on one. */
  asksBeforePressing: false,
  /** Modals have text, selects and uploads, no picker of days: one types, and commands suggest what is near. */
  datePickers: false,
  filesInPrivateAnswers: true,
  /**
   * Bots may not open group messages (resources/user, "Create Group DM" takes people's own tokens), and a private
   * thread is none: everybody with Manage Threads reads it, it stands in a channel that all of them must see, and
   * opening it takes a permission that the bot needs for nothing else. Each is written to alone.
   */
  groupConversations: false,
  /** Discord's own roles follow who holds a role, with the optional permission Manage Roles. */
  groups: true,
  /** Meetings among a server’s events, where the bot was given “Create Events”. */
  calendar: true,
} as const;
