import { GetHostedZoneCommand } from "@aws-sdk/client-route-53";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { Clients } from "./clients.ts";

type Asked = Readonly<Record<string, string>>;

/** What a program asks AWS before it declares anything, by the token of the provider's function. */
const answers: Readonly<
  Record<string, (asked: Asked, clients: Clients) => Promise<Readonly<Record<string, unknown>>>>
> = {
  "aws:index/getCallerIdentity:getCallerIdentity": async (_, { sts }) => {
    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand());
    return { id: Account, accountId: Account, arn: Arn, userId: UserId };
  },
  "aws:route53/getZone:getZone": async ({ zoneId }, { route53 }) => {
    const { HostedZone } = await route53.send(new GetHostedZoneCommand({ Id: zoneId }));
    // without the dot at its end: https://www.pulumi.com/registry/packages/aws/api-docs/route53/getzone/
    return { id: zoneId, name: HostedZone?.Name?.replace(/\.$/, ""), privateZone: HostedZone?.Config?.PrivateZone };
  },
  "aws:secretsmanager/getSecretVersion:getSecretVersion": async ({ secretId }, { secrets }) => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: secretId }));
    return { secretString: SecretString };
  },
};

/** @throws for a token that nothing here answers, and what AWS refuses */
export function answerOf(token: string, asked: Asked, clients: Clients): Promise<Readonly<Record<string, unknown>>> {
  const answer = answers[token];
  if (!answer) throw new Error(`this stand-in has no ${token}`);
  return answer(asked, clients);
}
