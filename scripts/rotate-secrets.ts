// npm run secrets:rotate: seals every stored token with ENCRYPTION_KEY. Before: put the new key there and the one
// of before into ENCRYPTION_KEY_OLD. Afterwards the old key can go. Safe to run while the bot runs, and twice.
import { resealTokens } from '../adapters/slack/installation-store.ts';
import { startEmbeddedServer } from '../prisma/embedded-server.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import { ExpectedError } from '../src/core/errors.ts';
import { closeDatabase, openDatabase } from '../src/database.ts';
import { projectRoot } from '../src/project-root.ts';
import { makeSecrets } from '../src/secrets.ts';

try {
  const config = readConfig(projectRoot);
  if (!config.encryptionKey) throw new ConfigError('ENCRYPTION_KEY is missing: put the new key there.');
  const secrets = makeSecrets(config.encryptionKey, config.oldEncryptionKeys);
  const server = config.databaseUrl ? null : await startEmbeddedServer(config.dataDir);
  const database = openDatabase(config.databaseUrl ?? server?.url ?? '');
  try {
    const changed = await resealTokens(database, secrets);
    process.stdout.write(`Sealed ${changed} with the new key; ENCRYPTION_KEY_OLD can be removed now.\n`);
  } finally {
    await closeDatabase(database);
    await server?.stop();
  }
} catch (error) {
  process.stderr.write(
    `${error instanceof ExpectedError ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
}
