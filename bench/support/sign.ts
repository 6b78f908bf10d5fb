import { createHmac } from 'node:crypto';

export const signingSecret = 'a-signing-secret-for-benchmarks';

/** The headers of a request that Slack makes: docs.slack.dev, "Verifying requests from Slack". */
export function signed(contentType: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': contentType,
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
}
