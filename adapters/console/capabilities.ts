/** What the console can do, said outright where it cannot. The contract of all adapters holds it to each value. */
export const capabilities = {
  platform: 'console',
  /** A form's wrong fields are shown in the form, which stays open. */
  showsProblemsInForms: true,
  /** Options are typed as text; a wrong or missing one opens as a form. */
  typesOptions: false,
  /** Asking "are you sure?" before a press. */
  asksBeforePressing: true,
  /** By the browser's own inputs; in commands days are typed. */
  datePickers: true,
  filesInPrivateAnswers: true,
  groupConversations: true,
  /** Nobody is mentioned by group here, so nothing follows who holds a role. */
  groups: false,
  /** Each person's own calendar takes the file. */
  calendar: false,
} as const;
