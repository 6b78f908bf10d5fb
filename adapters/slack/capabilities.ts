/** What Slack can and cannot do. The contract of all adapters holds it to each value. */
export const capabilities = {
  platform: 'slack',
  /** A form's wrong fields are shown in the form, which stays open. */
  showsProblemsInForms: true,
  /** Sub-commands and options are typed as text; a wrong or missing option opens as a form. */
  typesOptions: false,
  asksBeforePressing: true,
  /** Days and times are picked in forms; in commands they are typed. */
  datePickers: true,
  /** A private answer holds no file: it goes to the direct messages instead. */
  filesInPrivateAnswers: false,
  /** Introductions happen in a conversation of those who meet. */
  groupConversations: true,
  /** User groups follow who holds a role, with two optional scopes. */
  groups: true,
  /** A workspace has no calendar of its own that a bot could write to. */
  calendar: false,
} as const;
