import type { ServerResponse } from 'node:http';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { InstallationStore, StateStore, webApi } from '@slack/bolt';
import { InstallProvider } from '@slack/oauth';
import { Hono } from 'hono';
import { OrganisationInstallError } from './installation-store.ts';
import { botScopes } from './scopes.ts';
import { say } from './words.ts';

const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

/** The pages by which other workspaces add the app. The browser that comes back has to be the one that left. */
export function installPages(of: {
  clientId: string;
  clientSecret: string;
  publicUrl: string;
  apiUrl: string | null;
  installations: InstallationStore;
  states: StateStore;
  options: webApi.WebClientOptions;
}): Hono<{ Bindings: HttpBindings }> {
  const redirectUri = new URL(redirectPath, of.publicUrl).toString();
  const installOptions = { scopes: [...botScopes], redirectUri };
  const { logger, ...clientOptions } = of.options;
  const provider = new InstallProvider({
    clientId: of.clientId,
    clientSecret: of.clientSecret,
    installationStore: of.installations,
    stateStore: of.states,
    stateVerification: true,
    installUrlOptions: installOptions,
    renderHtmlForInstallPath: installPage,
    clientOptions,
    ...(logger ? { logger } : {}),
    ...(of.apiUrl ? { authorizationUrl: new URL('/oauth/v2/authorize', of.apiUrl).toString() } : {}),
  });

  const pages = new Hono<{ Bindings: HttpBindings }>();
  pages.get(installPath, async ({ env }) => {
    await provider.handleInstallPath(env.incoming, env.outgoing);
    return RESPONSE_ALREADY_SENT;
  });
  pages.get(redirectPath, async ({ env }) => {
    await provider.handleCallback(env.incoming, env.outgoing, {
      success: (_installation, _options, _request, response) =>
        sendPage(response, 200, 'installed.title', ['installed.next']),
      // What went wrong in detail would help only whoever made it go wrong.
      failure: (error, _options, _request, response) => {
        const next = error instanceof OrganisationInstallError ? 'not-installed.org' : 'not-installed.next';
        sendPage(response, 400, 'not-installed.title', [next]);
      },
    });
    return RESPONSE_ALREADY_SENT;
  });
  return pages;
}

const reader = { language: 'en', timeZone: 'UTC' };
type Words = Parameters<typeof say.plain>[1];

function installPage(url: string): string {
  return page(
    say.plain(reader, 'install.title'),
    `<p><a href="${escapeHtml(url)}">${escapeHtml(say.plain(reader, 'install.go'))}</a></p>`,
  );
}

function sendPage(response: ServerResponse, status: number, title: Words, lines: readonly Words[]): void {
  const body = lines.map((line) => `<p>${escapeHtml(say.plain(reader, line))}</p>`).join('');
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(page(say.plain(reader, title), body));
}

function page(title: string, body: string): string {
  const safe = escapeHtml(title);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe}</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>${safe}</h1>${body}</main></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
