import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { CreateEventBusCommand, EventBridgeClient, ListEventBusesCommand } from "@aws-sdk/client-eventbridge";
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { CreateSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, inject, test } from "vitest";
import { account } from "../harness/aws/account.ts";
import { authorizing, resetMoto, startMoto } from "../harness/aws/moto.ts";

const mine = account("100000000001");

test("an access key id of twelve digits is an account, and what it has no other has", async () => {
  const other = account("100000000002");
  expect(await new STSClient(mine.settings).send(new GetCallerIdentityCommand())).toMatchObject({
    Account: "100000000001",
  });
  await new EventBridgeClient(mine.settings).send(new CreateEventBusCommand({ Name: "mine" }));
  const buses = async ({ settings }: typeof mine) => {
    const { EventBuses = [] } = await new EventBridgeClient(settings).send(new ListEventBusesCommand());
    return EventBuses.map(({ Arn }) => Arn);
  };
  expect(await buses(mine)).toEqual([
    "arn:aws:events:eu-central-1:100000000001:event-bus/default",
    "arn:aws:events:eu-central-1:100000000001:event-bus/mine",
  ]);
  expect(await buses(other)).toEqual(["arn:aws:events:eu-central-1:100000000002:event-bus/default"]);
});

test("moto tells who may read secrets and who may not, by the caller's own policies", async () => {
  const iam = new IAMClient(mine.settings);
  await new SecretsManagerClient(mine.settings).send(new CreateSecretCommand({ Name: "one", SecretString: "s3cret" }));
  const userWith = async (name: string, action: string) => {
    await iam.send(new CreateUserCommand({ UserName: name }));
    const PolicyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
    });
    await iam.send(new PutUserPolicyCommand({ UserName: name, PolicyName: "may", PolicyDocument }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: name }));
    return mine.as({ accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" });
  };
  const reader = await userWith("reader", "secretsmanager:GetSecretValue");
  const lister = await userWith("lister", "secretsmanager:ListSecrets");
  const read = (who: typeof reader) =>
    new SecretsManagerClient(who).send(new GetSecretValueCommand({ SecretId: "one" }));
  await authorizing(inject("moto"), async () => {
    expect(await read(reader)).toMatchObject({ SecretString: "s3cret" });
    await expect(read(lister)).rejects.toThrow(
      "User: arn:aws:iam::100000000001:user/lister is not authorized to perform: secretsmanager:GetSecretValue",
    );
  });
  expect(await read(lister)).toMatchObject({ SecretString: "s3cret" });
});

test("it ends with close, and with a process that is killed while it has one", async () => {
  const moto = await startMoto();
  expect((await fetch(`${moto.endpoint}/moto-api/data.json`)).status).toBe(200);
  await resetMoto(moto.endpoint);
  await moto.close();
  expect(() => process.kill(moto.pid, 0)).toThrow("ESRCH");

  const program = `
    const { startMoto } = await import(${JSON.stringify(new URL("../harness/aws/moto.ts", import.meta.url).href)});
    console.log((await startMoto()).endpoint);`;
  const killed = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [said] = (await once(killed.stdout, "data")) as [Buffer];
  const held = connect(Number(new URL(said.toString()).port), "127.0.0.1");
  await once(held, "connect");
  const gone = once(held, "close");
  killed.kill("SIGKILL");
  // the end of the process is the end of its connections
  await gone;
});
