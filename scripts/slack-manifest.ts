// npm run slack:manifest [-- https://bot.example.org]: prints the app manifest to paste into Slack. Without an
// address it is for Socket Mode; with one, for HTTP.
import { makeManifest } from '../adapters/slack/manifest.ts';
import { registerFeatures } from '../src/core/registry.ts';
import { features } from '../src/features/all.ts';

const publicUrl = process.argv[2] ?? null;
if (publicUrl !== null && !/^https:\/\//.test(publicUrl)) {
  process.stderr.write(
    'Give the address by which Slack reaches the bot, starting with https://, or none for Socket Mode.\n',
  );
  process.exit(1);
}
process.stdout.write(`${JSON.stringify(makeManifest(registerFeatures(features), publicUrl), null, 2)}\n`);
