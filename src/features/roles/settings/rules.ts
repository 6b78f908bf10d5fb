/** What a coalition can choose about its roles, with what holds until it does. */
export type Settings = {
  /** How long an offered seat waits for an answer. */
  readonly acceptHours: number;
  /** Most job offers to one partner in 90 days; 0: none. */
  readonly offersAQuarter: number;
  /** Most job offers to all partners together in a week. */
  readonly offersAWeek: number;
  /** From this many minutes a month on an organisation carries too much. */
  readonly heavyMinutes: number;
};

const defaultSettings: Settings = {
  acceptHours: 48,
  offersAQuarter: 1,
  offersAWeek: 10,
  heavyMinutes: 20 * 60,
};

export const settingsOf = (chosen: Settings | null): Settings => chosen ?? defaultSettings;
