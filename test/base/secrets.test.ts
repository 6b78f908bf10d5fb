import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSecrets, SecretError } from '../../src/secrets.ts';

const [key, other] = [randomBytes(32).toString('base64'), randomBytes(32).toString('hex')];
const secrets = makeSecrets(key);

test('what is sealed opens again, and never looks the same twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
      const [one, two] = [secrets.seal(plain, 'a'), secrets.seal(plain, 'a')];
      expect(one).not.toBe(two);
      expect(secrets.open(one, 'a')).toBe(plain);
    }),
  );
});

test('a sealed token opens nowhere but where it belongs, and not when a letter is changed', () => {
  const sealed = secrets.seal('xoxb-token', 'team-1');
  expect(sealed).not.toContain('xoxb');
  expect(() => secrets.open(sealed, 'team-2')).toThrow(SecretError);
  const at = sealed.length - 8;
  const changed = `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`;
  expect(() => secrets.open(changed, 'team-1')).toThrow(SecretError);
  for (const cut of ['', 'v1', 'v1.x.y', sealed.slice(0, 20)]) {
    expect(() => secrets.open(cut, 'team-1')).toThrow(SecretError);
  }
});

test('a key of before opens what it sealed, and only the key of now seals', () => {
  const sealed = secrets.seal('token', 'a');
  const rotated = makeSecrets(other, [key]);
  expect(rotated.open(sealed, 'a')).toBe('token');
  expect(rotated.isCurrent(sealed)).toBe(false);
  expect(rotated.isCurrent(rotated.seal('token', 'a'))).toBe(true);
  expect(() => makeSecrets(other).open(sealed, 'a')).toThrow('ENCRYPTION_KEY_OLD');
});

test.each(['short', 'x'.repeat(44), randomBytes(16).toString('base64')])(
  'a key like “%s” is refused',
  (wrong) => {
    expect(() => makeSecrets(wrong)).toThrow('openssl rand -base64 32');
  },
);
