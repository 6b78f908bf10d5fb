import { type BaseInteraction, GuildMember, Locale, OAuth2Scopes, PermissionFlagsBits } from 'discord.js';
import type { Incoming } from '../../src/core/incoming.ts';

/** What Discord tells about a person: their id, the name others see, and the language of their app. */
export function accountOf({ user, member, locale }: BaseInteraction): Incoming['account'] {
  const inServer = member instanceof GuildMember ? member.nickname : member?.nick;
  return {
    ref: user.id,
    name: inServer ?? user.globalName ?? user.username,
    language: languageOf(locale),
  };
}

/** Discord's locales by language, where they are not the same word. */
const locales: Readonly<Record<string, readonly Locale[]>> = {
  en: [Locale.EnglishUS, Locale.EnglishGB],
  es: [Locale.SpanishES, Locale.SpanishLATAM],
  pt: [Locale.PortugueseBR],
  sv: [Locale.Swedish],
  zh: [Locale.ChineseCN],
};

const known = new Set<string>(Object.values(Locale));

/** The Discord locales in which words of a language are shown; none when Discord does not speak it. */
export function localesOf(language: string): readonly Locale[] {
  return locales[language] ?? (known.has(language) ? [language as Locale] : []);
}

/** The language of a Discord locale: `en-GB` is `en`, `pt-BR` stays, because it is not every Portuguese. */
function languageOf(locale: string): string {
  const base = locale.split('-')[0] ?? locale;
  return ['en', 'es', 'sv'].includes(base) ? base : locale;
}

/** What the bot does in a server, and nothing more. */
export const permissions = {
  'View Channel': PermissionFlagsBits.ViewChannel,
  'Send Messages': PermissionFlagsBits.SendMessages,
  'Send Messages in Threads': PermissionFlagsBits.SendMessagesInThreads,
  'Embed Links': PermissionFlagsBits.EmbedLinks,
  'Attach Files': PermissionFlagsBits.AttachFiles,
} as const;

export const scopes = [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands] as const;

/** Where whoever manages a server adds the bot to it, with exactly what it needs. */
export function inviteLink(applicationId: string): string {
  const wanted = Object.values(permissions).reduce((sum, each) => sum | each, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    permissions: wanted.toString(),
    scope: scopes.join(' '),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}
