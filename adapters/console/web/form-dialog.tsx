import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { lineId } from './composer.tsx';
import { FormInput } from './form-input.tsx';
import { CrossIcon } from './icons.tsx';
import type { Form } from './wire.ts';
import { words } from './words.ts';

export type Values = Readonly<Record<string, string>>;

/** A form in a dialog. Closing it, by Escape too, keeps what was typed. */
export function FormDialog(of: {
  form: Form;
  values: Values;
  isBusy: boolean;
  trouble: string | null;
  problems: Readonly<Record<string, string>>;
  onChange(values: Values): void;
  onClose(): void;
  onSubmit(values: Values): void;
}) {
  const { form, values, problems } = of;
  const dialog = useModal();
  const id = useId();
  const wrong = form.fields.filter(({ name }) => problems[name]);
  const fieldId = (name: string) => `${id}-${name}`;

  useEffect(() => {
    const first = wrong[0] ?? form.fields[0];
    if (first) document.getElementById(fieldId(first.name))?.focus();
    // Only when it opens, and when it comes back with problems.
  }, [problems]);

  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={form.intro === null ? undefined : `${id}-intro`}
      onCancel={(event) => {
        event.preventDefault();
        of.onClose();
      }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!of.isBusy) of.onSubmit(values);
        }}
      >
        <header class="dialog-head">
          <h2 id={`${id}-title`}>{form.title}</h2>
          <button type="button" class="button button-quiet icon-button" onClick={of.onClose}>
            <CrossIcon />
            <span class="visually-hidden">{words.closeKeeps}</span>
          </button>
        </header>
        <div class="dialog-body">
          {form.intro !== null && (
            <p id={`${id}-intro`} class="intro">
              {form.intro}
            </p>
          )}
          {wrong.length > 0 && (
            <div class="problem-summary" role="alert">
              <p>{words.problems(wrong.length)}</p>
              <ul>
                {wrong.map(({ name, label }) => (
                  <li key={name}>
                    <a
                      href={`#${fieldId(name)}`}
                      onClick={(event) => {
                        event.preventDefault();
                        document.getElementById(fieldId(name))?.focus();
                      }}
                    >
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {form.fields.map((field) => (
            <FormInput
              key={field.name}
              id={fieldId(field.name)}
              field={field}
              value={values[field.name] ?? ''}
              problem={problems[field.name] ?? null}
              onChange={(value) => of.onChange({ ...values, [field.name]: value })}
            />
          ))}
          {of.trouble !== null && (
            <p class="trouble" role="alert">
              {of.trouble}
            </p>
          )}
        </div>
        <footer class="dialog-foot">
          <button type="submit" class="button button-primary" aria-disabled={of.isBusy}>
            {of.isBusy ? words.working : form.submit}
          </button>
          <button type="button" class="button button-quiet" onClick={of.onClose}>
            {words.close}
          </button>
        </footer>
      </form>
    </dialog>
  );
}

/** Opens a dialog over everything else; when it goes, the focus returns to where it came from. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      // Whatever opened it may have gone meanwhile.
      const holder = document.activeElement;
      if (!holder || holder === document.body || element?.contains(holder))
        document.getElementById(lineId)?.focus();
    };
  }, []);
  return dialog;
}

/** Asks before a press counts. */
export function ConfirmDialog(of: { question: string; action: string; onYes(): void; onNo(): void }) {
  const dialog = useModal();
  const id = useId();
  const [isAnswered, setAnswered] = useState(false);
  return (
    <dialog
      ref={dialog}
      class="dialog dialog-small"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-question`}
      onCancel={(event) => {
        event.preventDefault();
        of.onNo();
      }}
    >
      <header class="dialog-head">
        <h2 id={`${id}-title`}>{words.sure}</h2>
      </header>
      <div class="dialog-body">
        <p id={`${id}-question`}>{of.question}</p>
      </div>
      <footer class="dialog-foot">
        <button
          type="button"
          class="button button-danger"
          onClick={() => {
            // A double click answers once.
            if (isAnswered) return;
            setAnswered(true);
            of.onYes();
          }}
        >
          {of.action}
        </button>
        <button type="button" class="button button-quiet" onClick={of.onNo}>
          {words.cancel}
        </button>
      </footer>
    </dialog>
  );
}
