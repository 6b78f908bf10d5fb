import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import { projectRoot } from '../../src/project-root.ts';
import type { Sessions } from './session.ts';

/** Where the page's scripts are once they are compiled, and its styles as they are written. */
const scripts = path.join(projectRoot, 'dist', 'adapters', 'console', 'web');
const styles = path.join(projectRoot, 'adapters', 'console', 'web');
const preact = path.join(projectRoot, 'node_modules', 'preact');

/** The browser resolves these names itself, so nothing has to be bundled. */
const imports = {
  preact: '/console/preact.js',
  'preact/hooks': '/console/preact-hooks.js',
  'preact/jsx-runtime': '/console/preact-jsx-runtime.js',
};
const importMap = JSON.stringify({ imports });

export const importMapHash = `'sha256-${createHash('sha256').update(importMap).digest('base64')}'`;

type Asset = { readonly body: string; readonly type: string; readonly tag: string };

/** The page, the sign-in page, and what they load. Only these files, read once. */
export function makePages(sessions: Sessions): Hono {
  const pages = new Hono();
  const assets = readAssets();

  pages.get('/', (context) =>
    sessions.isIn(context) ? context.html(html('app')) : context.redirect('/login'),
  );
  pages.get('/login', (context) =>
    sessions.isIn(context) ? context.redirect('/') : context.html(html('login')),
  );
  pages.get('/console/:file', (context) => {
    const asset = assets.get(context.req.param('file'));
    if (!asset) return context.notFound();
    const headers = { 'content-type': asset.type, 'cache-control': 'no-cache', etag: asset.tag };
    if (context.req.header('if-none-match') === asset.tag) return context.body(null, 304, headers);
    return context.body(asset.body, 200, headers);
  });
  return pages;
}

function readAssets(): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  const add = (name: string, file: string, type: string) => {
    const body = readFileSync(file, 'utf8');
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    assets.set(name, { body, type: `${type}; charset=utf-8`, tag });
  };
  for (const file of readdirSync(scripts)) {
    if (file.endsWith('.js')) add(file, path.join(scripts, file), 'text/javascript');
  }
  for (const file of readdirSync(styles)) {
    if (file.endsWith('.css')) add(file, path.join(styles, file), 'text/css');
    if (file.endsWith('.svg')) add(file, path.join(styles, file), 'image/svg+xml');
  }
  add('preact.js', path.join(preact, 'dist', 'preact.mjs'), 'text/javascript');
  add('preact-hooks.js', path.join(preact, 'hooks', 'dist', 'hooks.mjs'), 'text/javascript');
  add('preact-jsx-runtime.js', path.join(preact, 'jsx-runtime', 'dist', 'jsxRuntime.mjs'), 'text/javascript');
  return assets;
}

const sheets = ['theme', 'layout', 'conversation', 'cards', 'controls', 'forms'];

function html(script: 'app' | 'login'): string {
  const title = script === 'app' ? 'Common Thread' : 'Sign in – Common Thread';
  const links = sheets.map((name) => `<link rel="stylesheet" href="/console/${name}.css">`).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#f7f4ee">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#15191a">
<title>${title}</title>
<link rel="icon" href="/console/thread.svg" type="image/svg+xml">
${links}
<script type="importmap">${importMap}</script>
<script type="module" src="/console/${script}.js"></script>
</head>
<body>
<div id="page"><noscript><p class="noscript">This page needs JavaScript. The same things can be done over HTTP: see adapters/console/README.md.</p></noscript></div>
</body>
</html>
`;
}
