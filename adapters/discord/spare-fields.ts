import type { OpenForm } from '../../src/core/answer.ts';
import { discordLimits as limits } from './limits.ts';

type Values = Readonly<Record<string, string>>;

const keptMs = 60 * 60_000;
const most = 1_000;

/**
 * A modal has five places, and a command may have more options. When those open as a form, the fields that
 * need a hand are shown; what was typed into the others waits here and joins them when the form comes back.
 * It is kept by the process that opened the form: after a restart those fields are empty again.
 */
export type SpareFields = {
  /** @param wrong the fields that are known to have a problem */
  fit(form: OpenForm, userRef: string, wrong: readonly string[]): OpenForm;
  join(formId: string, userRef: string, values: Values): Values;
};

export function makeSpareFields(now: () => number = Date.now): SpareFields {
  const kept = new Map<string, { values: Values; until: number }>();
  const keyOf = (formId: string, userRef: string) => `${userRef}/${formId}`;

  return {
    fit(form, userRef, wrong) {
      const key = keyOf(form.id, userRef);
      kept.delete(key);
      if (form.fields.length <= limits.modalComponents) return form;
      const urgency = ({ name, required, value }: OpenForm['fields'][number]) => {
        if (wrong.includes(name)) return 0;
        if (required) return value === '' ? 1 : 2;
        return value === '' ? 4 : 3;
      };
      const urgent = form.fields.toSorted((a, b) => urgency(a) - urgency(b));
      const shown = new Set(urgent.slice(0, limits.modalComponents));
      const spare = form.fields.filter((field) => !shown.has(field) && field.value !== '');
      for (const [each, { until }] of kept) if (until < now() || kept.size >= most) kept.delete(each);
      kept.set(key, {
        values: Object.fromEntries(spare.map(({ name, value }) => [name, value])),
        until: now() + keptMs,
      });
      return { ...form, fields: form.fields.filter((field) => shown.has(field)) };
    },

    join(formId, userRef, values) {
      const found = kept.get(keyOf(formId, userRef));
      return found && found.until >= now() ? { ...found.values, ...values } : values;
    },
  };
}
