// A job worker that writes to a platform without limits: what it does itself is what it takes. Says when it is ready.
import { openBot } from '../../bot.ts';
import { defineFeature, type TimedJob } from '../../src/core/command.ts';
import type { Messenger } from '../../src/core/ports.ts';
import { wordsIn } from '../../src/core/words.ts';
import { features } from '../../src/features/all.ts';
import { makeLog } from '../../src/log.ts';

export const tickKind = 'bench.tick';

if (process.send) {
  const [databaseUrl = '', redisUrl = '', queueName = ''] = process.argv.slice(2);
  const tick: TimedJob = { kind: tickKind, run: async () => {} };
  const ticking = defineFeature({ name: 'bench', say: wordsIn({}), jobs: [tick] });
  const bot = await openBot({
    ...{ databaseUrl, redisUrl: redisUrl || null, queueName, log: makeLog('error') },
    features: [...features, ticking],
  });
  let sent = 0;
  const taking: Messenger = {
    platform: 'discord',
    paceMs: 0,
    post: async () => {
      sent += 1;
      return { messageRef: `${process.pid} ${sent}` };
    },
    redraw: async () => {},
  };
  await bot.startWorker([taking], 20);
  process.on('SIGTERM', () => void bot.close(5000).then(() => process.exit(0)));
  process.send('ready');
}
