import { ListHostedZonesCommand, ListResourceRecordSetsCommand } from "@aws-sdk/client-route-53";
import type { Clients } from "./clients.ts";

/** The DNS between Route 53 and a local tenant that has been told to look (`DNS_RECORDS=told`): it knows what the account's zones have. */
export class ToldRecords {
  readonly #clients: Clients;
  readonly #port: number;
  #told: Promise<void> = Promise.resolve();

  /** @param port the tenant's, whose certificate this process trusts by `NODE_EXTRA_CA_CERTS` */
  constructor(clients: Clients, port: number) {
    this.#clients = clients;
    this.#port = port;
  }

  /** Tells all records after one of them was made, changed or deleted; one after the other, or an older list could come last. */
  async after(type: string): Promise<void> {
    if (type !== "aws:route53/record:Record") return;
    this.#told = this.#told.then(() => this.#tell());
    await this.#told;
  }

  async #tell(): Promise<void> {
    const body = JSON.stringify(await this.#records());
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(`https://localhost:${this.#port}/.local/dns`, { method: "PUT", headers, body });
    if (status !== 204) throw new Error(`PUT /.local/dns answered ${status}`);
  }

  async #records() {
    const { route53 } = this.#clients;
    const { HostedZones = [] } = await route53.send(new ListHostedZonesCommand());
    const sets = await Promise.all(
      HostedZones.map(({ Id }) => route53.send(new ListResourceRecordSetsCommand({ HostedZoneId: Id }))),
    );
    return sets
      .flatMap(({ ResourceRecordSets = [] }) => ResourceRecordSets)
      .filter(({ Type }) => Type === "CNAME" || Type === "TXT")
      .flatMap(({ Type, Name, ResourceRecords = [] }) =>
        ResourceRecords.map(({ Value }) => ({ type: Type, name: Name, value: Value })),
      );
  }
}
