import { useState } from 'preact/hooks';
import type { FormField } from './wire.ts';
import { words } from './words.ts';

type Input = {
  readonly id: string;
  readonly field: FormField;
  readonly value: string;
  readonly describedBy: string | undefined;
  readonly isWrong: boolean;
  onChange(value: string): void;
};

/** One field with its label, hint and problem. */
export function FormInput(of: {
  id: string;
  field: FormField;
  value: string;
  problem: string | null;
  onChange(value: string): void;
}) {
  const { id, field, value, problem, onChange } = of;
  const hint = field.hint ?? (field.kind === 'list' ? words.listHint : null);
  const length = value.trim().length;
  const isLong = length > field.max * 0.8 && !['choice', 'member', 'place', 'yes-no'].includes(field.kind);
  const described = [hint && `${id}-hint`, problem && `${id}-problem`, isLong && `${id}-length`].filter(
    Boolean,
  );
  const describedBy = described.length > 0 ? described.join(' ') : undefined;
  const isGroup = field.kind === 'yes-no';
  const label = (
    <>
      {field.label}
      {!field.required && <span class="optional"> ({words.optional})</span>}
    </>
  );
  return (
    <div class={problem === null ? 'field' : 'field field-wrong'}>
      {isGroup ? (
        <p class="label" id={`${id}-label`}>
          {label}
        </p>
      ) : (
        <label class="label" for={id}>
          {label}
        </label>
      )}
      {hint !== null && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Control {...{ id, field, value, describedBy, onChange }} isWrong={problem !== null} />
      {isLong && (
        <p class={length > field.max ? 'length length-over' : 'length'} id={`${id}-length`}>
          {words.countOf(length, field.max)}
        </p>
      )}
      {problem !== null && (
        <p class="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}

function Control(of: Input) {
  const { id, field, value, describedBy, isWrong, onChange } = of;
  const shared = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    'aria-required': field.required,
    placeholder: field.placeholder ?? undefined,
    value,
    autocomplete: 'off',
  } as const;
  switch (field.kind) {
    case 'text':
      return <input type="text" {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
    case 'whole-number':
      return (
        <input
          type="text"
          inputmode="numeric"
          class="short"
          {...shared}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'paragraph':
      return <textarea rows={5} {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
    case 'list':
      return <textarea rows={2} {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
    case 'choice':
    case 'member':
    case 'place':
      return <Choosing {...of} />;
    case 'yes-no':
      return <YesNo {...of} />;
    case 'date':
    case 'date-time':
      return <DayInput {...of} />;
    case 'file':
      return <FileInput {...of} />;
    default:
      return field.kind satisfies never;
  }
}

const pickable = {
  date: { type: 'date', pattern: /^\d{4}-\d{2}-\d{2}$/ },
  'date-time': { type: 'datetime-local', pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/ },
} as const;

/** The browser's own picker. What was typed elsewhere and is no day stays as text: a picker would show nothing. */
function DayInput({ id, field, value, describedBy, isWrong, onChange }: Input) {
  const { type, pattern } = pickable[field.kind === 'date' ? 'date' : 'date-time'];
  const [isPicked] = useState(value === '' || pattern.test(value));
  const shared = {
    id,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    'aria-required': field.required,
    value,
    autocomplete: 'off',
  } as const;
  if (!isPicked)
    return <input type="text" {...shared} onInput={(event) => onChange(event.currentTarget.value)} />;
  return (
    <input type={type} class="day" {...shared} onInput={(event) => onChange(event.currentTarget.value)} />
  );
}

function Choosing({ id, field, value, describedBy, isWrong, onChange }: Input) {
  const choices = field.choices ?? [];
  // What was typed and is none of the choices stays in sight, so that it can be seen to be wrong.
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return (
    <select
      id={id}
      aria-describedby={describedBy}
      aria-invalid={isWrong}
      aria-required={field.required}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="">{field.required ? words.chooseOne : words.none}</option>
      {!isKnown && <option value={value}>{value}</option>}
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}

function YesNo({ id, field, value, describedBy, onChange }: Input) {
  const choices = [...(field.choices ?? []), ...(field.required ? [] : [{ value: '', label: words.none }])];
  return (
    <div class="radios" role="radiogroup" aria-labelledby={`${id}-label`} aria-describedby={describedBy}>
      {choices.map((choice, index) => (
        <label key={choice.value} class="radio">
          <input
            type="radio"
            id={index === 0 ? id : undefined}
            name={id}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {choice.label}
        </label>
      ))}
    </div>
  );
}

/** A chosen file becomes text here; its text can also be pasted. */
function FileInput({ id, field, value, describedBy, isWrong, onChange }: Input) {
  const [read, setRead] = useState<string | null>(null);
  async function choose(file: File | undefined) {
    if (!file) return;
    try {
      const text = await file.text();
      if (text.length > field.max) {
        // Told before it is sent: the server would refuse it, or not even take so much at once.
        setRead(words.fileTooLong(file.name, text.length - field.max, field.max));
        onChange('');
        return;
      }
      setRead(words.fileRead(file.name, text.split(/\r\n|\n|\r/).filter((line) => line !== '').length));
      onChange(text);
    } catch {
      setRead(words.fileFailed);
    }
  }
  return (
    <div class="file-input">
      <input
        type="file"
        id={id}
        aria-describedby={describedBy}
        aria-invalid={isWrong}
        onChange={(event) => void choose(event.currentTarget.files?.[0])}
      />
      <p class="hint" role="status">
        {read}
      </p>
      <label class="label-small" for={`${id}-paste`}>
        {words.paste}
      </label>
      <textarea
        id={`${id}-paste`}
        rows={4}
        class="code-area"
        spellcheck={false}
        value={value}
        placeholder={field.placeholder ?? undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  );
}
