import fc from 'fast-check';

/** What people use to call everybody, to hide where a link leads, and to look like something else. */
export const injections = [
  ...['@everyone', '@here', '@channel', '<!channel>', '<!here>', '<!everyone>', '<!subteam^S012345>'],
  ...['<@U0ANA00001>', '<@123456789012345678>', '<@!123456789012345678>', '<@&123456789012345678>'],
  ...['<#C0OTHER001>', '<#123456789012345678>', '</coalition me:123456789012345678>', '<t:1:R>'],
  ...['[label](https://evil.example)', '[label](<https://evil.example>)', '<https://evil.example|good>'],
  ...['[https://good.example](https://evil.example)', 'javascript:alert(1)', '<script>alert(1)</script>'],
  ...['# heading', '-# small', '> quote', '>>> quote', '- point', '1. one', '```code\n```', '`tick`'],
  ...['*star*', '_under_', '~struck~', '||hidden||', ':tada:', '<:tada:123456789012345678>', '&lt;', '&amp;'],
  ...['\u202Ertl', '\u2066iso', '\u2069', '\u200B', '\u200D', '\uFEFF', '@\u200Beveryone', '\\', '\\\\'],
] as const;

const control = ['\n', '\r\n', '\t', '\0', ' ', '  ', '\u2028', '\u0085', ':', '"', "'", ',', ';', '|', '='];

/** Anything at all, with much of what could act. */
export const hostileText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...injections) },
        { weight: 2, arbitrary: fc.constantFrom(...control) },
        { weight: 2, arbitrary: fc.string({ maxLength: 8 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
        { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('').slice(0, maxLength));
