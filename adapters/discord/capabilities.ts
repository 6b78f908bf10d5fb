/**
 * What Discord can and cannot do of what the core asks for. Where it cannot, the value says what happens
 * instead; the README says why.
 */
export const capabilities = {
  /** Options arrive typed; the core's reading of typed text is not used. */
  typedOptions: true,
  suggestions: true,
  /** A submitted modal is closed: problems come as an answer that opens it again with what was typed. */
  problemsInOpenForm: 'answered-with-reopen',
  /** There is no question before a press counts; handlers do not rely on one. */
  confirmBeforePress: 'pressed-at-once',
  /** A modal's own button always says "Submit". */
  submitLabel: 'fixed',
  introBesideFiveFields: 'left-out',
  /** A command's options beyond five wait aside while the others are mended. */
  moreThanFiveOptionsInForm: 'kept-aside',
  /** A form must be the first response: one that is late is opened by a button. */
  formAfterAcknowledging: 'opened-by-button',
  /** Discord does not tell a person's zone; timestamps are drawn by their own app. */
  timeZoneOfPerson: 'unknown',
  viewerTimeZone: true,
  filesInCards: true,
  filesInForms: true,
  commandsInDirectMessages: 'server-only',
  /** Without a membership event, which needs a privileged intent, we learn it from the next message. */
  memberLeftServer: 'not-told',
} as const;
