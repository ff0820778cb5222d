import { z } from "zod";
import type { Environment } from "../environments.ts";
import { company } from "./company.ts";
import { settingsSchema } from "./settings.ts";
import { writtenAs } from "./strict.ts";
import { secretName, slugPattern } from "./values.ts";

/**
 * JSON Schemas by which an editor completes and checks what a person writes. They refuse nothing that the program accepts; what a
 * schema cannot say (whether a secret is set, whose a domain is) the program says.
 */
type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Of `stacks/<env>/customers/<slug>.yaml`. */
export function entryJsonSchema(): JsonSchema {
  return { ...written(company), title: "A customer or a vendor" };
}

/** The file name of that schema in `stacks/schema/generated`, beside those of the stacks. */
export const entrySchemaFile = "entry.schema.json";

export function stackSchemaFile(stack: string): string {
  return `stack.${stack}.schema.json`;
}

/** The first line of an entry: it leads an editor from there to the schema. https://github.com/redhat-developer/yaml-language-server#using-inlined-schema */
export const editorLine = `# yaml-language-server: $schema=../../schema/generated/${entrySchemaFile}`;

/** Of `Pulumi.<env>.yaml`. Other programs' settings and what the CLI keeps there are left to them. */
export function stackJsonSchema(environment: Environment): JsonSchema {
  const { $schema, properties = {}, required = [] } = written(settingsSchema(environment));
  const { mail, aws } = properties;
  if (environment.testMail && typeof mail === "object") mail.anyOf?.push(nothing);
  if (typeof aws === "object") properties.aws = { description: aws.description ?? "", anyOf: [aws, nothing] };
  const own = (name: string) => `auth0-b2b:${name}`;
  const customers = {
    description: "Companies, by slug. Any number of them may stand in stacks/<env>/customers/<slug>.yaml instead.",
    type: "object" as const,
    propertyNames: { pattern: slugPattern.source },
    additionalProperties: { $ref: entrySchemaFile },
  };
  const known = Object.entries({ ...properties, customers }).map(([name, schema]) => [own(name), schema] as const);
  const settings = `(?:${Object.keys({ ...properties, customers }).join("|")})`;
  return {
    ...($schema === undefined ? {} : { $schema }),
    title: "What is set for one environment",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        description: "The settings of this environment, and the secrets that an entry or a setting names.",
        type: "object",
        required: required.map(own),
        // mail is sent by the one or by the other
        ...(environment.testMail ? {} : { anyOf: [{ required: [own("mail")] }, { required: [own("aws")] }] }),
        properties: Object.fromEntries(known),
        patternProperties: { [`^auth0-b2b:(?!${settings}$)`]: secret },
        propertyNames: { pattern: `^(?!auth0-b2b:)|^auth0-b2b:(?:${settings}|${secretName.source.slice(1, -1)})$` },
      },
    },
  };
}

/** The default of `Pulumi.yaml` for a setting that holds an object. */
const nothing: JsonSchema = { type: "object", maxProperties: 0 };

const secret: JsonSchema = {
  description: 'A secret that an entry or a setting names, set with "pulumi config set --secret NAME".',
  type: "object",
  required: ["secure"],
  properties: { secure: { description: "The secret, encrypted by the CLI.", type: "string" } },
  additionalProperties: false,
};

function written(schema: z.core.$ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    target: "draft-7", // the newest that every editor reads
    override: ({ zodSchema, jsonSchema }) => {
      const other = otherOf(zodSchema);
      if (other !== undefined) {
        const { $schema, ...inner } = written(other);
        Object.assign(jsonSchema, inner, jsonSchema); // its own description stays
      }
      if (jsonSchema.oneOf !== undefined && zodSchema._zod.def.type === "union") {
        jsonSchema.anyOf = jsonSchema.oneOf; // its complaints are those of the option that fits best
        delete jsonSchema.oneOf;
      }
      const patterns = zodSchema._zod.bag.patterns as ReadonlySet<RegExp> | undefined;
      for (const { flags, source } of patterns ?? []) {
        if (/[^u]/.test(flags)) throw new Error(`JSON Schema has no flags, and ${source} has ${flags}`);
      }
    },
  });
}

/** With a description of its own a schema is another one, whose parent it was. */
function otherOf(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema && (writtenAs.get(schema) ?? otherOf(schema._zod.parent));
}
