import { z } from 'zod';
import { fieldOf } from './draw-form.ts';

/** A file as a form hands it over: its content has to be fetched. */
export type FileRef = {
  readonly field: string;
  readonly name: string;
  readonly url: string;
  readonly size: number;
};

const element = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
  selected_user: z.string().nullish(),
  selected_conversation: z.string().nullish(),
  selected_date: z.string().nullish(),
  selected_time: z.string().nullish(),
  files: z
    .array(z.object({ name: z.string(), url_private_download: z.string(), size: z.number().default(0) }))
    .nullish(),
});

export const viewState = z.object({ values: z.record(z.string(), z.record(z.string(), element)) });

/** What was filled in, by field; of a file and a pasted text, the file counts. */
export function readForm(state: z.output<typeof viewState>): {
  values: Record<string, string>;
  files: FileRef[];
} {
  const values: Record<string, string> = {};
  const files: FileRef[] = [];
  const times = new Map<string, string>();
  for (const [blockId, elements] of Object.entries(state.values)) {
    const field = fieldOf(blockId);
    for (const each of Object.values(elements)) {
      const [file] = each.files ?? [];
      if (file) files.push({ field, name: file.name, url: file.url_private_download, size: file.size });
      const typed =
        each.value ??
        each.selected_option?.value ??
        each.selected_user ??
        each.selected_conversation ??
        each.selected_date;
      if (each.selected_time) times.set(field, each.selected_time);
      values[field] = typed ? typed : (values[field] ?? '');
    }
  }
  // A day without its time, or a time without its day, arrives as that: the core says what is missing.
  for (const [field, time] of times) values[field] = `${values[field] ?? ''}T${time}`;
  return { values, files };
}
