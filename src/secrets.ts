import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { ExpectedError } from './core/errors.ts';

/**
 * Keeps tokens unreadable in the database: AES-256-GCM, a new nonce for each. `what` says whose secret it is
 * and is authenticated with it, so that a sealed token copied into another row does not open there.
 */
export type Secrets = {
  seal(plain: string, what: string): string;
  /** Throws a `SecretError` when no key we have opens it. */
  open(sealed: string, what: string): string;
  /** Whether it was sealed with the key in use now. */
  isCurrent(sealed: string): boolean;
};

/** A key that is missing or wrong; the message says what to do. */
export class SecretError extends ExpectedError {}

const keyBytes = 32;
/** NIST SP 800-38D recommends 96 bits for GCM. */
const nonceBytes = 12;
const tagBytes = 16;
const version = 'v1';

/**
 * @param current base64 or hex of 32 bytes: `ENCRYPTION_KEY`
 * @param old keys of before, which still open what they sealed: `ENCRYPTION_KEY_OLD`
 */
export function makeSecrets(current: string, old: readonly string[] = []): Secrets {
  const inUse = readKey(current, 'ENCRYPTION_KEY');
  const known = new Map([inUse, ...old.map((each) => readKey(each, 'ENCRYPTION_KEY_OLD'))].map(withName));
  const [currentName] = withName(inUse);

  return {
    seal(plain, what) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', inUse, nonce).setAAD(Buffer.from(what));
      const hidden = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const body = Buffer.concat([nonce, hidden, cipher.getAuthTag()]);
      return [version, currentName, body.toString('base64url')].join('.');
    },

    open(sealed, what) {
      const [format, name = '', encoded = ''] = sealed.split('.');
      const key = known.get(name);
      if (format !== version || !key) {
        throw new SecretError(
          `A stored token was sealed with key ${name}, which is neither ENCRYPTION_KEY nor in ENCRYPTION_KEY_OLD: put that key back into ENCRYPTION_KEY_OLD`,
        );
      }
      const body = Buffer.from(encoded, 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      }).setAAD(Buffer.from(what));
      try {
        decipher.setAuthTag(body.subarray(body.length - tagBytes));
        const plain = decipher.update(body.subarray(nonceBytes, body.length - tagBytes));
        return Buffer.concat([plain, decipher.final()]).toString('utf8');
      } catch {
        throw new SecretError('A stored token was changed, or belongs to another row: install the app again');
      }
    },

    isCurrent: (sealed) => sealed.split('.')[1] === currentName,
  };
}

function readKey(text: string, setting: string): Buffer {
  const key = /^[\da-f]{64}$/i.test(text) ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64');
  if (key.length === keyBytes) return key;
  throw new SecretError(
    `${setting} must be ${keyBytes} random bytes in base64 or hex, not ${key.length}: make one with "openssl rand -base64 ${keyBytes}"`,
  );
}

/** The name tells keys apart without telling anything about them. */
function withName(key: Buffer): [string, Buffer] {
  return [createHash('sha256').update('name').update(key).digest('hex').slice(0, 8), key];
}
