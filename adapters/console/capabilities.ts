/** What the console can do, said outright where it cannot. */
export const capabilities = {
  /** Answers only one person sees, kept over a reload. */
  privateAnswers: true,
  /** Problems beside the fields of an open form, before anything is run. */
  fieldProblems: true,
  /** Asking "are you sure?" before a press. */
  confirms: true,
  suggestions: true,
  files: true,
  redraws: true,
  directMessages: true,
  /** People do not write to each other here: there is nobody else at the other end. */
  plainMessages: false,
  threads: false,
  /** Each person's own calendar takes the file. */
  calendar: false,
} as const;
