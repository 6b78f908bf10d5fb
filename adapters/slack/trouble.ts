import { webApi } from '@slack/bolt';
import { PlatformError, type PlatformTrouble } from '../../src/core/errors.ts';

/** Slack's own word for what went wrong, such as `channel_not_found`; null when Slack said nothing. */
export function slackCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? error.data.error : null;
}

/** What Slack said, or did not say, in the words every platform shares. */
export function asPlatformError(error: unknown): PlatformError {
  if (error instanceof PlatformError) return error;
  const more = { cause: error };
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return new PlatformError('busy', 'slack', { ...more, retryAfterMs: error.retryAfter * 1000 });
  }
  if (error instanceof webApi.WebAPIHTTPError) {
    if (error.statusCode >= 500 || error.statusCode === 429) return new PlatformError('busy', 'slack', more);
    return new PlatformError('refused', 'slack', { ...more, detail: String(error.statusCode) });
  }
  if (error instanceof webApi.WebAPIPlatformError) {
    const code = error.data.error;
    const trouble = meaning[code] ?? 'refused';
    const { needed } = error.data as { needed?: string };
    const missing = trouble === 'not-allowed' ? (needed ?? missingFor[code]) : undefined;
    return new PlatformError(trouble, 'slack', { ...more, detail: code, missing });
  }
  // A time-out or a broken connection: Slack may have taken it.
  if (error instanceof webApi.WebAPIRequestError) {
    return new PlatformError(neverLeft(error.original) ? 'busy' : 'no-answer', 'slack', more);
  }
  return new PlatformError('no-answer', 'slack', more);
}

/** docs.slack.dev: the errors of chat.postMessage, chat.update, conversations.open, views.open, users.info. */
const meaning: Readonly<Record<string, PlatformTrouble>> = {
  ratelimited: 'busy',
  rate_limited: 'busy',
  message_limit_exceeded: 'busy',
  service_unavailable: 'busy',
  team_added_to_org: 'busy',
  fatal_error: 'no-answer',
  internal_error: 'no-answer',
  request_timeout: 'no-answer',

  channel_not_found: 'gone',
  is_archived: 'gone',
  message_not_found: 'gone',
  thread_not_found: 'gone',
  cant_update_message: 'gone',
  edit_window_closed: 'gone',
  channel_is_archived: 'gone',
  user_disabled: 'gone',
  user_not_found: 'gone',

  not_in_channel: 'not-allowed',
  missing_scope: 'not-allowed',
  no_permission: 'not-allowed',
  restricted_action: 'not-allowed',
  restricted_action_read_only_channel: 'not-allowed',
  restricted_action_thread_only_channel: 'not-allowed',
  restricted_action_non_threadable_channel: 'not-allowed',
  restricted_action_thread_locked: 'not-allowed',
  posting_to_general_channel_denied: 'not-allowed',
  // Of whoever asks, which is the bot, or of the app's own settings: they say nothing of the person.
  user_is_bot: 'not-allowed',
  user_is_restricted: 'not-allowed',
  user_is_ultra_restricted: 'not-allowed',
  messages_tab_disabled: 'not-allowed',
  ekm_access_denied: 'not-allowed',
  not_allowed_token_type: 'not-allowed',
  team_access_not_granted: 'not-allowed',

  account_inactive: 'disconnected',
  token_revoked: 'disconnected',
  token_expired: 'disconnected',
  invalid_auth: 'disconnected',
  not_authed: 'disconnected',
  org_login_required: 'disconnected',
  app_missing_action_url: 'disconnected',

  cannot_dm_bot: 'direct-messages-closed',
  // A stranger of Slack Connect.
  user_not_visible: 'direct-messages-closed',
  invalid_user_combination: 'direct-messages-closed',
  external_dm_not_allowed: 'direct-messages-closed',
  not_enough_users: 'direct-messages-closed',
};

const missingFor: Readonly<Record<string, string>> = {
  not_in_channel: 'channel membership',
};

/** The connection was never made, so Slack cannot have taken anything. */
function neverLeft(error: Error): boolean {
  const { code } = (error.cause ?? error) as { code?: unknown };
  return ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'].includes(String(code));
}

/** Slack does not have a picture of the message: not yet, or not any more. */
export function isPictureTrouble(error: unknown): boolean {
  if (slackCode(error) !== 'invalid_blocks') return false;
  const { response_metadata } = (error as webApi.WebAPIPlatformError).data;
  return (response_metadata?.messages ?? []).some((message) => message.includes('/slack_file'));
}

/** The token is no good: another one may be stored by now. */
export const isTokenTrouble = (error: unknown): boolean => asPlatformError(error).code === 'disconnected';
