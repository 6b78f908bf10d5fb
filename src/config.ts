import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ExpectedError } from './core/errors.ts';
import { isLoopback } from './core/loopback.ts';

const parts = ['slack', 'discord', 'console', 'jobs'] as const;
type ProcessPart = (typeof parts)[number];

const port = z.coerce.number().int().min(0).max(65_535);
const filled = z.string().min(1).optional();

/** Every variable, with what it does in `.env.example`. Empty means unset. */
const environment = z.object({
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgresql://')
    .optional(),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must start with redis:// or rediss://')
    .optional(),
  DATA_DIR: z.string().default('.data'),
  RUN: z.string().optional(),
  WEB_HOST: z.string().default('127.0.0.1'),
  WEB_PORT: port.default(3000),
  CONSOLE_PASSWORD: z.string().min(12, 'must be at least 12 characters').optional(),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  JOBS_CONCURRENCY: z.coerce.number().int().min(1).max(200).default(10),
  SWEEP_SECONDS: z.coerce.number().int().min(1).max(60).default(60),
  MOVABLE_CLOCK: z.enum(['yes', 'no']).default('no'),
  ENCRYPTION_KEY: filled,
  ENCRYPTION_KEY_OLD: filled,
  SLACK_BOT_TOKEN: filled,
  SLACK_APP_TOKEN: filled,
  SLACK_SIGNING_SECRET: filled,
  SLACK_CLIENT_ID: filled,
  SLACK_CLIENT_SECRET: filled,
  SLACK_API_URL: z.url().optional(),
  DISCORD_TOKEN: filled,
  DISCORD_APPLICATION_ID: filled,
  DISCORD_API_URL: z.url().optional(),
  DISCORD_SHARDS: z
    .string()
    .regex(/^\d+(-\d+)?\/\d+$/, 'must be like 0/4 or 0-1/4: which shards run here, of how many')
    .optional(),
  PUBLIC_URL: z.url().optional(),
});

export type Config = {
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** Absolute; holds the embedded database. */
  readonly dataDir: string;
  readonly run: ReadonlySet<ProcessPart>;
  readonly web: {
    readonly host: string;
    readonly port: number;
    readonly password: string | null;
    readonly metricsToken: string | null;
  };
  readonly logLevel: z.output<typeof environment>['LOG_LEVEL'];
  readonly jobsConcurrency: number;
  readonly sweepEveryMs: number;
  /** Whether the coalition's clock may be moved beside real workspaces too. */
  readonly movableClock: boolean;
  readonly encryptionKey: string | null;
  /** Keys of before, which still open what they sealed. */
  readonly oldEncryptionKeys: readonly string[];
  readonly publicUrl: string | null;
  readonly slack: {
    readonly botToken: string | null;
    readonly appToken: string | null;
    readonly signingSecret: string | null;
    readonly clientId: string | null;
    readonly clientSecret: string | null;
    readonly apiUrl: string | null;
  };
  readonly discord: {
    readonly token: string | null;
    readonly applicationId: string | null;
    readonly apiUrl: string | null;
    /** Null: all that Discord recommends, in this process. */
    readonly shards: { readonly ids: readonly number[]; readonly total: number } | null;
  };
};

/** Settings that cannot work; each line says what to change. */
export class ConfigError extends ExpectedError {}

/**
 * Reads the settings, from the environment first and then from `.env`. Throws a `ConfigError` that names
 * every setting that cannot work.
 */
export function readConfig(root: string, env: NodeJS.ProcessEnv = process.env): Config {
  const given = { ...readEnvFile(path.join(root, '.env')), ...env };
  const set = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = environment.safeParse(set);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  const known = parsed.data ?? environment.parse({});
  const run = readRun(known, problems);
  if (!isLoopback(known.WEB_HOST) && !known.CONSOLE_PASSWORD && run.has('console')) {
    problems.push(
      `WEB_HOST is ${known.WEB_HOST}, which other machines can reach: set CONSOLE_PASSWORD (12 characters or more), or WEB_HOST=127.0.0.1`,
    );
  }
  const shards = readShards(known.DISCORD_SHARDS, problems);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return {
    databaseUrl: known.DATABASE_URL ?? null,
    redisUrl: known.REDIS_URL ?? null,
    dataDir: path.resolve(root, known.DATA_DIR),
    run,
    web: {
      host: known.WEB_HOST,
      port: known.WEB_PORT,
      password: known.CONSOLE_PASSWORD ?? null,
      metricsToken: known.METRICS_TOKEN ?? null,
    },
    logLevel: known.LOG_LEVEL,
    jobsConcurrency: known.JOBS_CONCURRENCY,
    sweepEveryMs: known.SWEEP_SECONDS * 1000,
    movableClock: known.MOVABLE_CLOCK === 'yes',
    encryptionKey: known.ENCRYPTION_KEY ?? null,
    oldEncryptionKeys: (known.ENCRYPTION_KEY_OLD ?? '')
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean),
    publicUrl: known.PUBLIC_URL ?? null,
    slack: {
      botToken: known.SLACK_BOT_TOKEN ?? null,
      appToken: known.SLACK_APP_TOKEN ?? null,
      signingSecret: known.SLACK_SIGNING_SECRET ?? null,
      clientId: known.SLACK_CLIENT_ID ?? null,
      clientSecret: known.SLACK_CLIENT_SECRET ?? null,
      apiUrl: known.SLACK_API_URL ?? null,
    },
    discord: {
      token: known.DISCORD_TOKEN ?? null,
      applicationId: known.DISCORD_APPLICATION_ID ?? null,
      apiUrl: known.DISCORD_API_URL?.replace(/\/+$/, '') ?? null,
      shards,
    },
  };
}

/** Unset: everything this machine has keys for, and the console while it has none. */
function readRun(env: z.output<typeof environment>, problems: string[]): Set<ProcessPart> {
  const hasSlack = Boolean(env.SLACK_BOT_TOKEN || env.SLACK_CLIENT_ID);
  const hasDiscord = Boolean(env.DISCORD_TOKEN);
  if (env.RUN === undefined) {
    const run = new Set<ProcessPart>(['jobs']);
    if (hasSlack) run.add('slack');
    if (hasDiscord) run.add('discord');
    if (!hasSlack && !hasDiscord) run.add('console');
    return run;
  }
  const wanted = env.RUN.split(',').map((word) => word.trim());
  const wrong = wanted.filter((word) => !parts.some((part) => part === word));
  if (wrong.length > 0) problems.push(`RUN: ${wrong.join(', ')} is none of ${parts.join(', ')}`);
  return new Set(parts.filter((part) => wanted.includes(part)));
}

/** `0-1/4`: the first two of four shards. */
function readShards(given: string | undefined, problems: string[]): Config['discord']['shards'] {
  const [, first, last, of] = /^(\d+)(?:-(\d+))?\/(\d+)$/.exec(given ?? '') ?? [];
  if (first === undefined || of === undefined) return null;
  const [from, to, total] = [Number(first), Number(last ?? first), Number(of)];
  if (from > to || to >= total) {
    problems.push(
      `DISCORD_SHARDS: ${given} names shards that are not there: they run from 0 to ${total - 1}`,
    );
    return null;
  }
  return { ids: Array.from({ length: to - from + 1 }, (_, index) => from + index), total };
}

/** `NAME=value` lines; `#` starts a comment line; quotes around a value are dropped. */
function readEnvFile(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const values: Record<string, string> = {};
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    const match = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/.exec(line);
    if (match?.[1] && match[2] !== undefined) values[match[1]] = match[2].replace(/^(['"])(.*)\1$/, '$2');
  }
  return values;
}
