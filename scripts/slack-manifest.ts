// npm run slack:manifest [-- https://bot.example.org [rotate]]: prints the app manifest to paste into Slack. Without an
// address it is for Socket Mode; with one, for HTTP. `rotate`: tokens that end after 12 hours, for many workspaces only.
import { makeManifest } from '../adapters/slack/manifest.ts';
import { registerFeatures } from '../src/core/registry.ts';
import { features } from '../src/features/all.ts';

const [publicUrl = null, more = null, ...rest] = process.argv.slice(2);
const wrongAddress = publicUrl !== null && !/^https:\/\//.test(publicUrl);
if (wrongAddress || !(more === null || more === 'rotate') || rest.length > 0) {
  process.stderr.write(
    'Give the address by which Slack reaches the bot, starting with https://, or none for Socket Mode. ' +
      'After the address, “rotate” asks for tokens that are renewed: for many workspaces only.\n',
  );
  process.exit(1);
}
const manifest = makeManifest(registerFeatures(features), publicUrl, more === 'rotate');
process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
