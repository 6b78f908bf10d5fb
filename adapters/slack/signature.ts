import { createHmac, timingSafeEqual } from 'node:crypto';

/** docs.slack.dev, "Verifying requests from Slack": five minutes of difference, in either direction of time. */
const windowSeconds = 300;

export type Signed = {
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  /** As it arrived: parsed and written again it would be another. */
  readonly rawBody: Buffer;
};

/** Whether Slack sent this, and sent it now. Bolt's own check lets requests from the future pass. */
export function isFromSlack(signed: Signed, signingSecret: string, nowMs: number): boolean {
  const { signature, timestamp, rawBody } = signed;
  if (!signature || !timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > windowSeconds) return false;
  const made = createHmac('sha256', signingSecret).update(`v0:${timestamp}:`).update(rawBody).digest('hex');
  const expected = Buffer.from(`v0=${made}`);
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
