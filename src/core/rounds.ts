/**
 * Joins what is asked for at about the same time into rounds, one after the other. Alone, a call is a round of one and
 * waits for nothing; the more comes, the larger the rounds. What fails fails for the whole round.
 */
export function inRounds<In, Out>(of: {
  /** Two of the same key never share a round. */
  keyOf(each: In): string;
  /** Most rounds that may be under way side by side. */
  atOnce: number;
  /** A round that takes longer does not hold up the others: the next begins beside it. */
  slowAfterMs: number;
  /** Most in one round. */
  most: number;
  /** One result for each, in the same order. */
  run(round: readonly In[]): Promise<readonly Out[]>;
}): (each: In) => Promise<Out> {
  type Waiting = { readonly each: In; done(out: Out): void; failed(error: unknown): void };
  let waiting: Waiting[] = [];
  let underWay = 0;
  let slow = 0;
  let called = false;

  /** Takes the next round off those that wait. */
  function next(): Waiting[] {
    const keys = new Set<string>();
    const round: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of waiting) {
      const key = of.keyOf(one.each);
      if (round.length >= of.most || keys.has(key)) {
        rest.push(one);
      } else {
        keys.add(key);
        round.push(one);
      }
    }
    waiting = rest;
    return round;
  }

  function begin(): void {
    if (underWay === slow && underWay < of.atOnce && waiting.length > 0) void runRound(next());
  }

  async function runRound(round: readonly Waiting[]): Promise<void> {
    underWay += 1;
    let isSlow = false;
    const patience = setTimeout(() => {
      isSlow = true;
      slow += 1;
      begin();
    }, of.slowAfterMs);
    try {
      const outs = await of.run(round.map(({ each }) => each));
      if (outs.length !== round.length) throw new Error(`${round.length} asked and ${outs.length} answered`);
      for (const [index, { done }] of round.entries()) done(outs[index] as Out);
    } catch (error) {
      for (const { failed } of round) failed(error);
    }
    clearTimeout(patience);
    underWay -= 1;
    if (isSlow) slow -= 1;
    begin();
  }

  return (each) =>
    new Promise((done, failed) => {
      waiting.push({ each, done, failed });
      if (called) return;
      called = true;
      // Whatever has arrived by the end of this turn of the event loop goes along.
      setImmediate(() => {
        called = false;
        begin();
      });
    });
}
