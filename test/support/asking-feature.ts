import { done, shown } from '../../src/core/answer.ts';
import { buttons, type Card, card, heading, paragraph } from '../../src/core/card.ts';
import { defineButton, defineFeature, defineForm } from '../../src/core/command.ts';
import { text as textField } from '../../src/core/field.ts';
import { openForm } from '../../src/core/open-form.ts';
import { press, word } from '../../src/core/press.ts';
import { text } from '../../src/core/text.ts';
import { wordsIn } from '../../src/core/words.ts';

/** A feature that asks things: answered by a button or by a form, each in the place of what was asked. */
const say = wordsIn({
  'form.test.why.title': 'Why',
  'form.test.why.words': 'Your words',
});
const yes = press('test.yes', { what: word });
const atLength = press('test.at-length', { what: word });
const vanish = press('test.vanish', { what: word });
const whyPress = press('test.why', { what: word });
const openWhy = press('test.open-why', { what: word });
const whyForm = defineForm({
  press: whyPress,
  answers: 'by-updating',
  by: 'member',
  fields: { words: textField() },
  async submit({ payload, values }) {
    return shown(card(paragraph(text(`${payload.what}: ${values.words}`))));
  },
});
export const askingFeature = defineFeature({
  name: 'test',
  say,
  buttons: [
    defineButton({
      press: yes,
      answers: 'by-updating',
      by: 'member',
      run: async ({ payload }) => shown(card(paragraph(text(`${payload.what} is answered`)))),
    }),
    defineButton({
      press: atLength,
      answers: 'by-updating',
      by: 'member',
      run: async ({ payload }) =>
        shown(
          card(
            paragraph(text(`${payload.what} at length `.repeat(265))),
            paragraph(text('The very end')),
            buttons({ id: yes.encode({ what: payload.what }), label: 'Do it all the same' }),
          ),
        ),
    }),
    defineButton({ press: vanish, answers: 'by-updating', by: 'member', run: async () => done }),
    defineButton({
      press: openWhy,
      answers: 'with-form',
      by: 'member',
      run: async ({ payload, asked }) => ({
        answer: 'form',
        form: openForm(whyForm, say, asked.reader, payload),
      }),
    }),
  ],
  forms: [whyForm],
});

export const askCard = (subject: string, lines = 1, lengthy = false): Card =>
  card(
    heading(subject),
    paragraph(text('word '.repeat(lines * 20))),
    buttons(
      { id: yes.encode({ what: subject }), label: `Yes to ${subject}` },
      lengthy && { id: atLength.encode({ what: subject }), label: `Ask back about ${subject}` },
      { id: openWhy.encode({ what: subject }), label: `Say why ${subject}` },
    ),
  );
