// npm run backup -- FILE: writes everything the bot keeps into one file. Safe while the bot runs.
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { saveBackup } from '../prisma/save-backup.ts';
import { onDatabase } from './on-database.ts';

await onDatabase('npm run backup -- FILE', async (databaseUrl, file) => {
  // Its own name only once it is whole, so that no half-written file is taken for a backup.
  const unfinished = `${file}.unfinished`;
  try {
    const rows = await saveBackup(databaseUrl, createWriteStream(unfinished, { mode: 0o600 }));
    renameSync(unfinished, file);
    return `Wrote ${rows} rows to ${file}. It holds what people entrusted to you: keep it as safe as the database.`;
  } finally {
    rmSync(unfinished, { force: true });
  }
});
