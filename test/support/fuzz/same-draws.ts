import fc from 'fast-check';

/**
 * The same cases in every run, so that what fails is the change at hand. `FUZZ=10` tries ten times as many, drawn anew;
 * a failure prints its seed, for `FUZZ_SEED`.
 */
const { FUZZ, FUZZ_SEED } = process.env;
if (FUZZ_SEED !== undefined) fc.configureGlobal({ seed: Number(FUZZ_SEED) });
else if (FUZZ === undefined) fc.configureGlobal({ seed: 20_261_122 });
