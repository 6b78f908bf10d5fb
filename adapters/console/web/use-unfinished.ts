import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Values } from './form-dialog.tsx';
import type { Form } from './wire.ts';

type Unfinished = { readonly key: number; readonly form: Form; readonly values: Values };

let opened = 0;

/** The form somebody has not sent yet. It outlives its dialog, and a reload of the page. */
export function useUnfinished(as: string) {
  const place = `unfinished:${as}`;
  const [current, setCurrent] = useState<Unfinished | null>(() => read(place));
  useEffect(() => {
    try {
      if (current === null) sessionStorage.removeItem(place);
      else sessionStorage.setItem(place, JSON.stringify(current));
    } catch {
      // Full or forbidden storage: the form then lives as long as the page.
    }
  }, [current, place]);
  return {
    current,
    keep: useCallback((form: Form, values: Values) => {
      opened += 1;
      setCurrent({ key: opened, form, values });
    }, []),
    change: useCallback((values: Values) => setCurrent((all) => all && { ...all, values }), []),
    drop: useCallback(() => setCurrent(null), []),
  };
}

function read(place: string): Unfinished | null {
  try {
    const kept = sessionStorage.getItem(place);
    return kept === null ? null : (JSON.parse(kept) as Unfinished);
  } catch {
    return null;
  }
}
