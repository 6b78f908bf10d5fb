import { expect, test } from 'vitest';
import type { AdapterUnderTest, Capabilities, ContractPerson, OpenedForm, Seen } from './contract.ts';

type Sees = (person: ContractPerson, words: string, after?: number) => Promise<Seen>;

/** Days and times in forms and commands, picked where there are pickers and typed everywhere. */
export function testDays(can: Capabilities, under: () => AdapterUnderTest, sees: Sees): void {
  async function opensForm(): Promise<{ ana: ContractPerson; form: OpenedForm }> {
    const ana = under().person('Ana');
    await ana.says('/plan form');
    return { ana, form: await under().until(() => ana.form(), 'the form') };
  }
  /** Whichever way somebody learns what is wrong: in the open form, or by an answer that opens it again. */
  async function isTold(
    ana: ContractPerson,
    values: Readonly<Record<string, string>>,
    field: string,
    words: string,
  ): Promise<OpenedForm> {
    const before = ana.screen().length;
    const problems = await ana.fills(values);
    if (can.showsProblemsInForms) {
      expect(Object.keys(problems ?? {})).toEqual([field]);
      expect(problems?.[field]).toContain(words);
    } else await ana.presses('Open it again', await sees(ana, words, before));
    return under().until(() => ana.form(), 'the form again');
  }

  test('a day and a time are chosen in a form that says which zone is meant', async () => {
    const { ana, form } = await opensForm();
    expect(form.fields).toEqual({ on: '2031-03-04', at: '' });
    expect(form.said).toContain('Times are in America/Winnipeg.');
    expect(form.pickers).toEqual(can.datePickers ? ['on', 'at'] : []);
    const before = ana.screen().length;
    expect(await ana.fills({ on: '2031-03-05', at: '2031-03-06T15:30' })).toBeNull();
    await sees(ana, 'Planned for 2031-03-05, until 2031-03-06 at 15:30', before);
  });

  test('a day without its time is told at its field, and what was chosen stays', async () => {
    const { ana } = await opensForm();
    const again = await isTold(ana, { on: '2031-03-07', at: '2031-03-08' }, 'at', 'Say the time too');
    if (!can.showsProblemsInForms) expect(again.fields).toMatchObject({ on: '2031-03-07' });
    const before = ana.screen().length;
    expect(await ana.fills({ at: '2031-03-08T09:00' })).toBeNull();
    await sees(ana, 'Planned for 2031-03-07, until 2031-03-08 at 09:00', before);
  });

  test('days are typed in a command as people say them', async () => {
    const ana = under().person('Ana');
    const before = ana.screen().length;
    await ana.says('/plan day on:3 April 2031 at:4 April 2031 3pm');
    await sees(ana, 'Planned for 2031-04-03, until 2031-04-04 at 15:00', before);
  });

  test('a day that can be read in two ways is asked again with a guess', async () => {
    const ana = under().person('Ana');
    const before = ana.screen().length;
    await ana.says('/plan day on:5/6/2031 at:2031-07-08 10:00');
    const told = await sees(ana, '“5/6/2031” is not quite clear', before);
    await ana.presses('Open it again', told);
    const form = await under().until(() => ana.form(), 'the form');
    // Where a time is typed, it stands behind its day with a space.
    const { on, at = '' } = form.fields;
    expect([on, at.replace(' ', 'T')]).toEqual(['2031-05-06', '2031-07-08T10:00']);
    expect(await ana.fills({ on: '2031-06-05' })).toBeNull();
    await sees(ana, 'Planned for 2031-06-05, until 2031-07-08 at 10:00', before);
  });

  test('a day out of range is told with the last one that is taken', async () => {
    const { ana } = await opensForm();
    const before = ana.screen().length;
    expect(await ana.fills({ on: '2041-01-01' })).toBeNull();
    const told = await sees(ana, 'is too late: choose', before);
    expect(told.text).toContain('31 December 2040');
    await ana.presses('Open it again', told);
    expect((await under().until(() => ana.form(), 'the form')).fields.on).toBe('2041-01-01');
    expect(await ana.fills({ on: '2040-12-31' })).toBeNull();
    await sees(ana, 'Planned for 2040-12-31', before);
  });

  // Where options arrive one by one, their form opens only from the answer.
  if (can.typesOptions) return;
  test('what is no day at all stays as it was typed, to be corrected', async () => {
    const ana = under().person('Ana');
    await ana.says('/plan day on:someday');
    const form = await under().until(() => ana.form(), 'the form');
    expect(form.fields).toMatchObject({ on: 'someday' });
    await isTold(ana, { on: 'whenever' }, 'on', '“whenever” is no date I can read');
    const before = ana.screen().length;
    expect(await ana.fills({ on: '2031-03-09' })).toBeNull();
    await sees(ana, 'Planned for 2031-03-09', before);
  });
}
