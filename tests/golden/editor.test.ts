import { join } from "node:path";
import { expect, test } from "vitest";
import { environments } from "../../stacks/environments.ts";
import { entryJsonSchema, entrySchemaFile, stackJsonSchema, stackSchemaFile } from "../../stacks/schema/json-schema.ts";
import { generated } from "../harness/editor.ts";

const written = (schema: object) => `${JSON.stringify(schema, undefined, 2)}\n`;

test("editors check entries by what the schema of entries says", async () => {
  await expect(written(entryJsonSchema())).toMatchFileSnapshot(join(generated, entrySchemaFile));
});

test.each(Object.entries(environments))(
  "editors check Pulumi.%s.yaml by what the schema of settings says",
  async (stack, environment) => {
    const file = join(generated, stackSchemaFile(stack));
    await expect(written(stackJsonSchema(environment))).toMatchFileSnapshot(file);
  },
);
