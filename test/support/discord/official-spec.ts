import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { findSpec } from '../find-spec.ts';

type Schema = { [key: string]: unknown };

/** Checks request bodies against Discord's official OpenAPI file. Null when the file is not beside the project. */
export function openOfficialSpec(): OfficialSpec | null {
  const file = findSpec('discord-openapi.json');
  return file === null ? null : makeSpec(JSON.parse(readFileSync(file, 'utf8')) as Schema);
}

export type OfficialSpec = {
  /** What is wrong with a body for `POST /channels/{channel_id}/messages` and the like; empty when nothing is. */
  check(method: string, template: string, body: unknown): string[];
};

const often = [
  ['POST', '/channels/{channel_id}/messages'],
  ['PATCH', '/channels/{channel_id}/messages/{message_id}'],
  ['POST', '/interactions/{interaction_id}/{interaction_token}/callback'],
  ['PATCH', '/webhooks/{webhook_id}/{webhook_token}/messages/@original'],
  ['POST', '/webhooks/{webhook_id}/{webhook_token}'],
] as const;

function makeSpec(spec: Schema): OfficialSpec {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  for (const format of ['snowflake', 'nonce', 'int32', 'int64', 'double']) ajv.addFormat(format, true);
  ajv.addSchema({ ...tightened(spec), $id: 'discord' });
  const compiled = new Map<string, ValidateFunction>();

  function validatorOf(method: string, template: string): ValidateFunction {
    const escaped = template.replaceAll('~', '~0').replaceAll('/', '~1');
    const pointer = `#/paths/${escaped}/${method.toLowerCase()}/requestBody/content/application~1json/schema`;
    let validate = compiled.get(pointer);
    if (!validate) {
      validate = ajv.compile({ $ref: `discord${encodeURI(pointer).replaceAll('%23', '#')}` });
      compiled.set(pointer, validate);
    }
    return validate;
  }

  // Compiling takes a while, and nobody should lose an interaction's 3 seconds to it.
  for (const [method, template] of often) validatorOf(method, template);

  return {
    check(method, template, body) {
      const validate = validatorOf(method, template);
      if (validate(body)) return [];
      const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'if');
      return errors.map(
        (each) => `${each.instancePath || '/'} ${each.message} ${JSON.stringify(each.params)}`,
      );
    },
  };
}

/** discord.js always sends these, and the file does not know them everywhere. */
const alsoAllowed = { tts: { type: ['boolean', 'null'] }, enforce_nonce: { type: ['boolean', 'null'] } };

/**
 * As published the file lets unknown keys pass, and a wrong component fails with a page of alternatives.
 * Here objects are closed, and a choice between typed objects is made by their type.
 */
function tightened(of: unknown): Schema {
  const root = of as { components: { schemas: Record<string, Schema> } };
  const schemas = root.components.schemas;

  function typesOf(schema: Schema): unknown[] | null {
    const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined;
    const target = name === undefined ? schema : schemas[name];
    const type = (target?.properties as { type?: { enum?: unknown[] } } | undefined)?.type;
    return type?.enum ?? null;
  }

  function walk(node: unknown): unknown {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    const schema = Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, walk(value)]),
    ) as Schema;
    if (schema.type === 'object' && schema.properties && schema.additionalProperties === undefined) {
      schema.properties = { ...alsoAllowed, ...(schema.properties as Schema) };
      schema.additionalProperties = false;
    }
    for (const key of ['oneOf', 'anyOf'] as const) {
      const choices = schema[key] as Schema[] | undefined;
      const types = choices?.map(typesOf);
      if (!choices || choices.length < 2 || !types?.every((each) => each !== null)) continue;
      delete schema[key];
      // Several of one type, such as the autocomplete data, stay a choice.
      schema.allOf = choices.map((choice, index) => ({
        if: { properties: { type: { enum: types[index] } }, required: ['type'] },
        // biome-ignore lint/suspicious/noThenProperty: a JSON Schema keyword
        then: choice,
      }));
      schema.properties = { type: { enum: types.flat() } };
      schema.required = ['type'];
    }
    return schema;
  }
  return walk(of) as Schema;
}
