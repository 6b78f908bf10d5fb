// `npm start`: build what changed, then run the bot in this same process, so that Ctrl-C reaches it directly.
import { build } from './build.mjs';

build();
await import('../dist/main.js');
