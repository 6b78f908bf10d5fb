import { expect, test } from 'vitest';
import { optionsForm } from '../../../src/core/corrections.ts';
import { drawForm } from '../../../src/core/open-form.ts';
import { registerFeatures } from '../../../src/core/registry.ts';
import { features } from '../../../src/features/all.ts';
import { fillLongest } from '../../support/crawl.ts';
import { findFormProblems } from '../../support/drawings.ts';
import { findInjectedInForm } from '../../support/find-injected.ts';
import { reader } from '../../support/longest-coalition.ts';
import { inEveryStyle, partnerName } from '../../support/longest-letters.ts';

const registry = registerFeatures(features);
const there = ['1', partnerName(2)];
const withOptions = [...registry.commands].filter(
  ([, { definition }]) => Object.keys(definition.options).length > 0,
);

test.each([...registry.forms])(
  'the form %s with the longest words is taken by every platform',
  (_, { definition, say }) => {
    const address = `${definition.press.name}:`.padEnd(100, 'a');
    const form = drawForm(definition, say, reader, address, fillLongest(definition.fields, there));
    for (const [, styled] of inEveryStyle(form)) {
      expect(findFormProblems(styled, reader)).toEqual([]);
      expect(findInjectedInForm(styled, reader)).toEqual([]);
    }
  },
);

test.each(withOptions)(
  'the options of /%s with the longest words are a form that every platform takes',
  (_, owned) => {
    const form = optionsForm(owned, reader, fillLongest(owned.definition.options, there));
    for (const [, styled] of inEveryStyle(form)) {
      expect(findFormProblems(styled, reader)).toEqual([]);
      expect(findInjectedInForm(styled, reader)).toEqual([]);
    }
  },
);
