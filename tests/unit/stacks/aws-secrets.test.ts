import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { connectionSecret, filled } from "../../../stacks/secrets.ts";

const arn = "arn:aws:secretsmanager:eu-west-3:123456789012:secret:acme/sso-AbCdEf";

/** Reads the secret where AWS has this text, and tells what it was asked. */
async function read(text: string) {
  const asked: unknown[] = [];
  await pulumi.runtime.setMocks({
    newResource: ({ name, inputs }) => ({ id: name, state: inputs }),
    call: ({ token, inputs }) => {
      asked.push({ token, inputs });
      return { ...inputs, secretString: text };
    },
  });
  const secret = connectionSecret("acme-sso", { arn }, () => {
    throw new Error("no secret of the stack is asked for");
  });
  return { asked, secret };
}

const textOf = (output: pulumi.Output<string>) => new Promise<string>((resolve) => void output.apply(resolve));

test("a secret that lies with AWS is read there by its ARN, in the ARN's region, and is a secret from the start", async () => {
  const { asked, secret } = await read("hush");
  expect(await pulumi.isSecret(secret)).toBe(true);
  expect(await textOf(secret)).toBe("hush");
  expect(asked).toEqual([
    { token: "aws:secretsmanager/getSecretVersion:getSecretVersion", inputs: { secretId: arn, region: "eu-west-3" } },
  ]);
});

test.each([undefined, "", " \n"])("a secret that is %j there is refused by the connection's name", (text) => {
  expect(() => filled("acme-sso", text)).toThrow(
    "The secret of connection acme-sso is empty with AWS Secrets Manager.",
  );
});

test("a secret of the stack is asked for by its name", async () => {
  const secret = connectionSecret("acme-sso", { config: "acme-secret" }, (name) => pulumi.secret(`of ${name}`));
  expect(await textOf(secret)).toBe("of acme-secret");
});
