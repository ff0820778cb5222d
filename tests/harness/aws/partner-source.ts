import { CreatePartnerEventSourceCommand } from "@aws-sdk/client-eventbridge";
import type { Clients } from "./clients.ts";

/**
 * Does what Auth0 does in an AWS account when it makes a log stream: from now on a bus of that name is taken, which moto, like EventBridge,
 * refuses with ResourceNotFoundException before.
 */
export async function offerPartnerSource({ events, account }: Clients, name: string): Promise<void> {
  await events.send(new CreatePartnerEventSourceCommand({ Name: name, Account: account }));
}
