// npm run restore -- FILE: fills an empty database from a backup. Stop the bot first, and start it afterwards.
import { createReadStream } from 'node:fs';
import { loadBackup } from '../prisma/load-backup.ts';
import { onDatabase } from './on-database.ts';

await onDatabase('npm run restore -- FILE', async (databaseUrl, file) => {
  const rows = await loadBackup(databaseUrl, createReadStream(file));
  return `Put back ${rows} rows. Start the bot now: it brings older data up to date and takes up what is due.`;
});
