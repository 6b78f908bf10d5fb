/** What the console can do, said outright where it cannot; the names are those of the other platforms. */
export const capabilities = {
  platform: 'console',
  /** A form's wrong fields are shown in the form, which stays open. */
  showsProblemsInForms: true,
  /** Options are typed as text; a wrong or missing one opens as a form. */
  typesOptions: false,
  suggestsOptions: true,
  /** Asking "are you sure?" before a press. */
  asksBeforePressing: true,
  takesFilesInForms: true,
  filesInPrivateAnswers: true,
  picturesInPrivateAnswers: true,
  /** `done` removes a private message; a message in a channel stays and is redrawn. */
  privateMessagesVanish: true,
  tones: true,
  instantsInReadersZone: true,
  home: false,
  groupConversations: true,
  /** Milliseconds: an answer comes with the request, however long it takes, and is kept over a reload. */
  formWithinMs: Number.POSITIVE_INFINITY,
  answerWithinMs: Number.POSITIVE_INFINITY,
  /** People do not write to each other here: there is nobody else at the other end. */
  plainMessages: false,
  threads: false,
  /** Each person's own calendar takes the file. */
  calendar: false,
  /** Nobody is mentioned by group here, so nothing follows who holds a role. */
  groups: 'none',
} as const;
