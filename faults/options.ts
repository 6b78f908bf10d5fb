export type Options = {
  readonly seed: number;
  readonly faults: number;
  readonly queue: 'postgres' | 'redis';
};

export class OptionError extends Error {}

const usualFaults = 200;
const usage = 'npm run faults -- [--seed N] [--faults N] [--queue postgres|redis]';

/** @param hasRedis whether there is a redis-server, on which the queue then runs unless it is said otherwise */
export function readOptions(given: readonly string[], hasRedis: boolean): Options {
  const said = new Map<string, string>();
  for (let at = 0; at < given.length; at += 2) {
    const [name = '', value = ''] = given.slice(at, at + 2);
    if (!['--seed', '--faults', '--queue'].includes(name) || value === '')
      throw new OptionError(`${[name, value].join(' ').trim()} is not understood. ${usage}`);
    said.set(name, value);
  }
  const whole = (name: string, usual: number) => {
    const value = Number(said.get(name) ?? usual);
    if (!Number.isInteger(value) || value < 0)
      throw new OptionError(`${name} takes a whole number. ${usage}`);
    return value;
  };
  const queue = said.get('--queue') ?? (hasRedis ? 'redis' : 'postgres');
  if (queue !== 'postgres' && queue !== 'redis')
    throw new OptionError(`--queue takes postgres or redis. ${usage}`);
  if (queue === 'redis' && !hasRedis) throw new OptionError('--queue redis needs redis-server installed.');
  return {
    seed: whole('--seed', Math.floor(Math.random() * 1_000_000)),
    faults: whole('--faults', usualFaults),
    queue,
  };
}
