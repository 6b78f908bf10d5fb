/** A message on somebody's screen. */
export type Seen = { readonly text: string; readonly buttons: readonly string[]; readonly on: unknown };

/** What somebody was told after they did something. `nothing`: no answer in the time a person waits. */
export type Told =
  | { readonly told: 'as expected' | 'something else'; readonly seen: Seen }
  | { readonly told: 'nothing'; readonly seen: null };

/** What the answer to an act must say for it to count as acknowledged, or that a form opens. */
export type Expected = RegExp | 'form';

/** Somebody at a platform's own end. Whatever they do may come to nothing: they then try again, as people do. */
export type Person = {
  readonly name: string;
  /** The organisation they speak for. */
  readonly organisation: string;
  readonly on: 'slack' | 'discord' | 'console';
  runs(
    command: string,
    options: Readonly<Record<string, string | number>>,
    expected: Expected,
  ): Promise<Told>;
  presses(label: string, on: Seen, expected: Expected): Promise<Told>;
  /** Fills the form that is open. */
  fills(values: Readonly<Record<string, string>>, expected: Expected): Promise<Told>;
  /** The newest message they see with these words, and this button where one is named. */
  sees(words: string, button?: string): Promise<Seen | null>;
};

/** How long somebody waits for an answer before they take it that there is none. */
export const patienceMs = 6_000;
/** An answer that is not the expected one may be an older one that was late: a better one is waited for. */
const otherwiseMs = 1_500;
const lookEveryMs = 60;

/** Waits for an answer among what `look` finds, oldest first. */
export async function waitFor(
  expected: Expected,
  look: () => Promise<readonly Seen[]> | readonly Seen[],
  isFormOpen: () => boolean,
): Promise<Told> {
  const began = Date.now();
  let otherSince: number | null = null;
  for (;;) {
    if (expected === 'form' && isFormOpen())
      return { told: 'as expected', seen: { text: '', buttons: [], on: null } };
    const found = await look();
    const right = expected === 'form' ? undefined : found.findLast(({ text }) => expected.test(text));
    if (right) return { told: 'as expected', seen: right };
    const other = found.at(-1);
    if (other) otherSince ??= Date.now();
    if (other && otherSince !== null && Date.now() - otherSince > otherwiseMs)
      return { told: 'something else', seen: other };
    if (Date.now() - began > patienceMs) return { told: 'nothing', seen: null };
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
}

export const nothing: Told = { told: 'nothing', seen: null };
