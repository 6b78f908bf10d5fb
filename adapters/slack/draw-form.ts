import type { types } from '@slack/bolt';
import type { OpenField, OpenForm } from '../../src/core/answer.ts';
import type { Choice } from '../../src/core/card.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import { exactTime } from '../../src/time/hear-day.ts';
import { isLocalDate } from '../../src/time/wall-clock.ts';
import { plainText } from './draw-card.ts';
import { slackLimits } from './limits.ts';
import { say } from './words.ts';

/** The one element of a field's block; a file has a second block beneath for pasted text. */
const fieldAction = 'field';
const pastedBlock = (field: string) => `${field}.pasted`;
/** A day with a time has a second block for the time. */
export const timeBlock = (field: string) => `${field}.time`;
export const fieldOf = (blockId: string) => blockId.replace(/\.(?:pasted|time)$/, '');

/** A form as a modal. `metadata` comes back with what was filled in. */
export function drawForm(form: OpenForm, reader: Reader, metadata: string): types.ModalView {
  if (metadata.length > slackLimits.privateMetadata) {
    throw new Error(`Metadata of ${metadata.length} characters: Slack takes ${slackLimits.privateMetadata}`);
  }
  const fits = form.title.length <= slackLimits.viewTitle;
  return {
    type: 'modal',
    callback_id: form.id,
    private_metadata: metadata,
    // The bar holds few characters: a longer title, such as a long command, stands whole above the fields.
    title: plainText(shortened(form.title, slackLimits.viewTitle)),
    submit: plainText(form.submit),
    close: plainText(say.plain(reader, 'form.close')),
    blocks: [
      ...(fits ? [] : [sectionOf(form.title)]),
      ...(form.intro ? [sectionOf(form.intro)] : []),
      ...form.fields.flatMap((field) => drawField(field, reader)),
    ],
  };
}

function sectionOf(text: string): types.SectionBlock {
  return { type: 'section', text: plainText(text) };
}

function drawField(field: OpenField, reader: Reader): types.KnownBlock[] {
  switch (field.kind) {
    case 'text':
    case 'whole-number':
      return [input(field, textInput(field, false), cutHint(field, reader))];
    case 'list':
      return [input(field, textInput(field, field.max > 200), cutHint(field, reader))];
    case 'paragraph':
      return [input(field, textInput(field, true), cutHint(field, reader))];
    case 'choice':
    case 'yes-no':
      return [input(field, choiceInput(field))];
    case 'member':
      return [input(field, personInput(field))];
    case 'place':
      return [input(field, placeInput(field))];
    case 'file':
      return fileInputs(field, reader);
    case 'date':
      return [input(field, dayInput(field, field.value))];
    case 'date-time':
      return dayTimeInputs(field, reader);
    default:
      return field.kind satisfies never;
  }
}

function input(field: OpenField, element: types.InputBlock['element'], extraHint?: string): types.InputBlock {
  const hint = [field.hint, extraHint].filter(Boolean).join(' ');
  return {
    type: 'input',
    block_id: field.name,
    label: plainText(field.label),
    optional: !field.required,
    element,
    ...(hint ? { hint: plainText(hint) } : {}),
  };
}

const placeholder = (field: OpenField) =>
  field.placeholder ? { placeholder: plainText(field.placeholder) } : {};

function textInput(field: OpenField, multiline: boolean): types.PlainTextInput {
  const max = Math.min(field.max, slackLimits.inputText);
  // What was typed before is shown even where it is too long to be taken, so that it can be shortened.
  const limit = field.value.length > max ? {} : { max_length: max };
  const value = shortened(field.value, slackLimits.inputText);
  return {
    type: 'plain_text_input',
    action_id: fieldAction,
    multiline,
    ...limit,
    ...(value ? { initial_value: value } : {}),
    ...placeholder(field),
  };
}

const cutHint = (field: OpenField, reader: Reader) =>
  field.value.length > slackLimits.inputText ? say.plain(reader, 'form.cut') : undefined;

function choiceInput(field: OpenField): types.StaticSelect {
  const options = (field.choices ?? []).map(option);
  const chosen = options.find(({ value }) => value?.toLowerCase() === field.value.toLowerCase());
  return {
    type: 'static_select',
    action_id: fieldAction,
    options,
    ...(chosen ? { initial_option: chosen } : {}),
    ...placeholder(field),
  };
}

function option({ value, label, description }: Choice): types.PlainTextOption {
  return {
    value,
    text: plainText(label),
    ...(description ? { description: plainText(description) } : {}),
  };
}

/** What was typed and is no account of Slack's stays as text, so that it can be corrected. */
function personInput(field: OpenField): types.UsersSelect | types.PlainTextInput {
  const ref = mentioned(field.value, '@');
  if (field.value !== '' && !ref) return textInput(field, false);
  return {
    type: 'users_select',
    action_id: fieldAction,
    ...(ref ? { initial_user: ref } : {}),
    ...placeholder(field),
  };
}

function placeInput(field: OpenField): types.ConversationsSelect | types.PlainTextInput {
  const ref = mentioned(field.value, '#');
  if (field.value !== '' && !ref) return textInput(field, false);
  return {
    type: 'conversations_select',
    action_id: fieldAction,
    filter: { include: ['public', 'private'], exclude_bot_users: true },
    ...(ref ? { initial_conversation: ref } : {}),
    ...placeholder(field),
  };
}

/** The id in `<@U123|ana>`, or one that stands alone. */
function mentioned(value: string, sign: '@' | '#'): string | null {
  const ref = new RegExp(`^<${sign}([A-Z0-9]+)(?:\\|[^>]*)?>$`).exec(value)?.[1] ?? value;
  return (sign === '@' ? /^[UW][A-Z0-9]{2,}$/ : /^[CG][A-Z0-9]{2,}$/).test(ref) ? ref : null;
}

/** What was typed and is no day stays as text, so that it can be corrected. Slack refuses such an `initial_date`. */
function dayInput(field: OpenField, day: string): types.Datepicker | types.PlainTextInput {
  if (day !== '' && !isLocalDate(day)) return textInput(field, false);
  return {
    type: 'datepicker',
    action_id: fieldAction,
    ...(day ? { initial_date: day } : {}),
    ...placeholder(field),
  };
}

/**
 * A day and, beneath, a time: what the clocks show in the zone that the hint names. Not a `datetimepicker`: that one
 * asks in the zone of the person's own device and hands over an instant, so that somebody in Vancouver who picks 17:00
 * for a coalition in Halifax would set another hour than the words beside it say. Not `timezone` of the `timepicker`
 * either: Slack refuses a view with a zone that it does not know, and the hint has said it.
 */
function dayTimeInputs(field: OpenField, reader: Reader): types.KnownBlock[] {
  const chosen = exactTime(field.value);
  if (field.value !== '' && !chosen) return [input(field, textInput(field, false))];
  const label = say.plain(reader, 'form.time', { label: field.label });
  const time: types.Timepicker = {
    type: 'timepicker',
    action_id: fieldAction,
    ...(chosen ? { initial_time: chosen.time } : {}),
  };
  return [
    input(field, dayInput(field, chosen?.date ?? '')),
    input({ ...field, name: timeBlock(field.name), label, hint: null }, time),
  ];
}

/** A file, or its text pasted beneath: some workspaces allow no uploads. Which is missing, the core says. */
function fileInputs(field: OpenField, reader: Reader): types.KnownBlock[] {
  const asText: OpenField = {
    ...field,
    name: pastedBlock(field.name),
    label: say.plain(reader, 'form.pasted'),
    hint: null,
    required: false,
    max: slackLimits.inputText,
  };
  return [
    input({ ...field, required: false }, { type: 'file_input', action_id: fieldAction, max_files: 1 }),
    input(asText, textInput(asText, true), cutHint(asText, reader)),
  ];
}
