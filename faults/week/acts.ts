import type { Expected, Person, Seen, Told } from '../people/person.ts';
import type { Coalition } from './coalition.ts';

/** Something that somebody does in the week, and tries again until they are told that it is done. */
export type Act = {
  readonly what: string;
  readonly by: Person;
  /** Hours after the beginning from which, and until which, they try. */
  readonly from: number;
  readonly until: number;
  /** Whether it is done. */
  attempt(): Promise<boolean>;
};

/** One step with an outcome that is kept in the ledger: tried before it is done, acknowledged once it is answered. */
export async function kept(
  { ledger }: Coalition,
  thing: string,
  value: string,
  does: () => Promise<Told>,
): Promise<boolean> {
  ledger.tried(thing, value);
  const { told } = await does();
  if (told !== 'as expected') return false;
  ledger.acknowledged(thing, value);
  return true;
}

export async function isDone(doing: Promise<Told>): Promise<boolean> {
  return (await doing).told === 'as expected';
}

/** Opens a form and fills it. */
export async function opensAndFills(
  by: Person,
  opens: () => Promise<Told>,
  values: Readonly<Record<string, string>>,
  expected: Expected,
): Promise<Told> {
  const opened = await opens();
  return opened.told === 'as expected' ? by.fills(values, expected) : opened;
}

/** Presses a button on the newest message with these words; nothing comes of it while they do not see one. */
export async function pressesOn(by: Person, words: string, label: string, expected: Expected): Promise<Told> {
  const seen: Seen | null = await by.sees(words, label);
  return seen ? by.presses(label, seen, expected) : { told: 'nothing', seen: null };
}
