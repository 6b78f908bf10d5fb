/** For whom a sentence is made. */
export type Reader = {
  /** BCP 47, such as `en` or `fr-CA`. */
  readonly language: string;
  /** IANA, such as `America/Winnipeg`. */
  readonly timeZone: string;
};
