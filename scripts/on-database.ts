import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import { ExpectedError } from '../src/core/errors.ts';
import { projectRoot } from '../src/project-root.ts';

/**
 * Runs one piece of work on the configured database with the file named on the command line, prints the sentence it
 * returns, and turns what people can mend into sentences too.
 */
export async function onDatabase(
  usage: string,
  work: (databaseUrl: string, file: string) => Promise<string>,
): Promise<void> {
  const file = process.argv[2];
  try {
    if (!file) throw new ConfigError(`Name the file: ${usage}`);
    const config = readConfig(projectRoot);
    const server = config.databaseUrl ? null : await startEmbeddedServer(config.dataDir);
    try {
      process.stdout.write(`${await work(config.databaseUrl ?? server?.url ?? '', file)}\n`);
    } finally {
      await server?.stop();
    }
  } catch (error) {
    process.stderr.write(`${sentence(error)}\n`);
    process.exitCode = 1;
  }
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFileTrouble = 'syscall' in error && 'path' in error;
  return error instanceof ExpectedError || isFileTrouble ? error.message : (error.stack ?? error.message);
}
