import {
  type APILabelComponent,
  type APIModalInteractionResponseCallbackData,
  type APITextDisplayComponent,
  type APITextInputComponent,
  ChannelType,
  ComponentType,
  SelectMenuDefaultValueType,
  TextInputStyle,
} from 'discord.js';
import type { OpenField, OpenForm } from '../../src/core/answer.ts';
import { shortened } from '../../src/core/plain-text.ts';
import type { Reader } from '../../src/core/reader.ts';
import { discordLimits as limits } from './limits.ts';
import { escaped, isSnowflake } from './markdown.ts';
import { say } from './words.ts';

/** Where the bot can post: what a member may pick for a place. */
export const postableChannels = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

type ModalPart = APILabelComponent | APITextDisplayComponent;

/**
 * Draws a form as a modal. A modal has five places: the intro takes one, and is left out where five fields
 * need them all.
 */
export function drawForm(form: OpenForm, reader: Reader): APIModalInteractionResponseCallbackData {
  if (form.fields.length > limits.modalComponents || form.fields.length === 0) {
    throw new Error(`A form of ${form.fields.length} fields does not fit: a modal has 1 to 5`);
  }
  const components: ModalPart[] = form.fields.map((field) => drawField(field, reader));
  if (form.intro && form.fields.length < limits.modalComponents) {
    components.unshift({ type: ComponentType.TextDisplay, content: escaped(form.intro) });
  }
  return { custom_id: form.id, title: shortened(form.title, limits.modalTitle), components };
}

function drawField(field: OpenField, reader: Reader): APILabelComponent {
  const tooLong = field.value.length > limits.textInput;
  const hint = tooLong ? say.plain(reader, 'form.too-long', { count: field.value.length }) : field.hint;
  return {
    type: ComponentType.Label,
    label: shortened(field.label, limits.label),
    ...(hint ? { description: shortened(hint, limits.labelDescription) } : {}),
    component: drawInput(tooLong ? { ...field, value: '' } : field, reader),
  };
}

function drawInput(field: OpenField, reader: Reader): APILabelComponent['component'] {
  const { name, required, value } = field;
  const base = { custom_id: name, required };
  const select = { ...base, ...placeholderOf(field, limits.selectPlaceholder), ...howMany(required) };
  switch (field.kind) {
    case 'text':
    case 'whole-number':
      return textInput(field, TextInputStyle.Short);
    case 'paragraph':
    case 'list':
      return textInput(field, TextInputStyle.Paragraph);
    case 'date':
    case 'date-time': {
      const example = say.plain(reader, `form.example.${field.kind}`);
      // A day and its time are typed with a space between them.
      const typed = value.replace(/^([\d-]{10})T(?=\d\d:\d\d$)/, '$1 ');
      const shown = { ...field, value: typed, placeholder: field.placeholder ?? example };
      return textInput(shown, TextInputStyle.Short);
    }
    case 'yes-no':
    case 'choice':
      return {
        ...select,
        type: ComponentType.StringSelect,
        options: (field.choices ?? []).map((choice) => ({
          value: choice.value,
          label: shortened(choice.label, limits.optionLabel),
          default: choice.value.toLowerCase() === value.toLowerCase(),
        })),
      };
    case 'member': {
      const id = refIn(value);
      // A name that was typed elsewhere cannot be shown as picked: it stays text, so that it is not lost.
      if (value !== '' && !id) return textInput(field, TextInputStyle.Short);
      const chosen = id ? [{ id, type: SelectMenuDefaultValueType.User as const }] : [];
      return { ...select, type: ComponentType.UserSelect, default_values: chosen };
    }
    case 'place': {
      const id = refIn(value);
      if (value !== '' && !id) return textInput(field, TextInputStyle.Short);
      const chosen = id ? [{ id, type: SelectMenuDefaultValueType.Channel as const }] : [];
      return {
        ...select,
        type: ComponentType.ChannelSelect,
        channel_types: [...postableChannels],
        default_values: chosen,
      };
    }
    case 'file':
      // An upload cannot be filled in again; its text can, while it fits.
      if (value !== '') return textInput(field, TextInputStyle.Paragraph);
      return { ...base, type: ComponentType.FileUpload, ...howMany(required) };
    default:
      return field.kind satisfies never;
  }
}

/** Discord wants at least one of what is required, and allows none only when it is said. */
const howMany = (required: boolean) => ({ min_values: required ? 1 : 0, max_values: 1 });

function textInput(field: OpenField, style: TextInputStyle): APITextInputComponent {
  const { name, required, value, max } = field;
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style,
    required,
    ...placeholderOf(field, limits.textInputPlaceholder),
    // What was typed too long stays whole while it is being shortened.
    max_length: Math.min(limits.textInput, Math.max(1, max, value.length)),
    ...(value === '' ? {} : { value }),
  };
}

const placeholderOf = ({ placeholder }: OpenField, most: number) =>
  placeholder ? { placeholder: shortened(placeholder, most) } : {};

/** The id in what was picked before: bare, or as a mention. */
function refIn(value: string): string | null {
  const id = /^<[@#]!?(\d+)(?:\|[^>]*)?>$/.exec(value)?.[1] ?? value;
  return isSnowflake(id) ? id : null;
}
