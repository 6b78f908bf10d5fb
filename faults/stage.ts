import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRedis, type RedisServer, startRedis } from '../test/support/redis.ts';
import { type DiscordSide, openDiscordSide } from './discord-side.ts';
import { type Fleet, openFleet } from './fleet.ts';
import { makePost, type Post } from './post.ts';
import { openServer, type Server } from './server.ts';
import { openSlackSide, type SlackSide } from './slack-side.ts';

/** Everything a run stands on: the platforms in this process, the bot and its stores in processes of their own. */
export type Stage = {
  readonly server: Server;
  readonly redis: RedisServer | null;
  readonly slack: SlackSide;
  readonly discord: DiscordSide;
  readonly post: Post;
  readonly fleet: Fleet;
  /** What the processes wrote; kept when something was lost. */
  readonly logFolder: string;
  close(): Promise<void>;
};

/** How often the workers look for what is due: the week goes by some thousand times as fast as a real one. */
const sweepSeconds = 2;

export async function openStage(queue: 'postgres' | 'redis'): Promise<Stage> {
  const folder = mkdtempSync(path.join(tmpdir(), 'common-thread-faults-'));
  const [data, logFolder] = [path.join(folder, 'data'), path.join(folder, 'logs')];
  for (const each of [data, logFolder]) mkdirSync(each);
  const server = await openServer(data);
  const redisBinary = findRedis();
  const redis = queue === 'redis' && redisBinary ? await startRedis(redisBinary) : null;
  const endRedis = () => void redis?.kill();
  process.once('exit', endRedis);
  const post = makePost();
  let fleet: Fleet | null = null;
  const slack = await openSlackSide({ post, eventsUrl: () => fleet?.url('slack') ?? '' });
  const discord = await openDiscordSide(post);
  fleet = await openFleet({
    databaseUrl: server.url,
    folder: logFolder,
    env: {
      ...slack.env,
      ...discord.env,
      REDIS_URL: redis?.url ?? '',
      MOVABLE_CLOCK: 'yes',
      SWEEP_SECONDS: String(sweepSeconds),
      LOG_LEVEL: 'warn',
      JOBS_CONCURRENCY: '5',
    },
  });
  const opened = fleet;
  return {
    server,
    redis,
    slack,
    discord,
    post,
    fleet: opened,
    logFolder,
    async close() {
      await opened.close();
      await slack.close();
      await discord.close();
      await redis?.remove();
      process.off('exit', endRedis);
      await server.close();
    },
  };
}
