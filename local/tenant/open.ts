import { closeSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { ActionRunner } from "./actions/runner.ts";
import { tenantApp } from "./app.ts";
import type { Providers } from "./authentication/upstream/providers.ts";
import { type KeyPair, signingCertificate } from "./certificate.ts";
import { families } from "./entities/index.ts";
import { makeFolder } from "./folder.ts";
import { textAt } from "./management/json.ts";
import { Objects } from "./management/objects.ts";
import { routesOf } from "./management/routes.ts";
import type { Tenant } from "./management/tables.ts";
import { RequestLog } from "./request-log.ts";
import { Store } from "./store.ts";
import { defaultSwitches, type Switches } from "./switches.ts";
import { signerOf } from "./tokens/signer.ts";

/** What a tenant is opened with. */
export interface TenantParts {
  /** The data file; made where there is none. */
  readonly data: string;
  /** Host and port. */
  readonly domain: string;
  readonly switches?: Partial<Switches> | undefined;
  /** Milliseconds that the Actions of a trigger have. */
  readonly triggerTime?: number | undefined;
  readonly log: RequestLog;
  readonly providers: Providers;
}

/** A tenant without a port: whoever has it hands it requests. */
export interface OpenTenant {
  readonly tenant: Tenant;
  readonly app: ReturnType<typeof tenantApp>;
  readonly providers: Providers;
  /** Writes what it holds now into a file, which must not be there yet: for `openCopy`. */
  copyInto(file: string): void;
  /** Opens such a file as a tenant of the same domain, keys, switches and identity providers. What happens there leaves this one as it is. */
  openCopy(file: string): Promise<OpenTenant>;
  /** Lets go of the data file. */
  close(): void;
}

/** Throws an Error with one sentence where the data file cannot be used. */
export async function openTenant(parts: TenantParts): Promise<OpenTenant> {
  const { data, domain, switches, triggerTime, log, providers } = parts;
  makeDataFolder(dirname(data));
  const { store, fresh } = Store.open(data);
  const objects = new Objects(store, families);
  const pair = keptKeys(store) ?? (await signingCertificate("localhost"));
  const signingKeys = [{ cert: pair.certificate, subject: "/CN=localhost" }];
  const tenant: Tenant = { objects, domain, signingKeys, switches: { ...defaultSwitches, ...switches } };
  const runner = new ActionRunner({
    domain,
    ...(triggerTime === undefined ? {} : { time: triggerTime }),
    fetch: (request) => app.fetch(request),
  });
  const reset = () => {
    store.transaction(() => {
      store.clear();
      keepKeys(store, pair);
      for (const family of families) family.seed?.(tenant);
    });
    runner.forget();
  };
  if (fresh || !store.get(service, signing)) reset();
  else if (!keptKeys(store)) store.transaction(() => keepKeys(store, pair));
  const app = tenantApp({ tenant, runner, signer: signerOf(pair), routes: routesOf(families), log, providers, reset });
  return {
    tenant,
    app,
    providers,
    copyInto: (file) => {
      closeSync(openSync(file, "ax", 0o600)); // client secrets lie in it: for its owner only
      store.copyInto(file);
    },
    openCopy: (file) => openTenant({ ...parts, data: file, log: new RequestLog(), providers: providers.afresh() }),
    close: () => store.close(),
  };
}

/** What the service keeps for itself, beside the families. */
const service = "service";
const signing = "signing-keys";

/** The pair that signs tokens; undefined in a data file of before there were tokens, which has the certificate only. */
function keptKeys(store: Store): KeyPair | undefined {
  const { body = {} } = store.get(service, signing) ?? {};
  const [certificate, key] = [textAt(body, "certificate"), textAt(body, "key")];
  return certificate === undefined || key === undefined ? undefined : { certificate, key };
}

function keepKeys(store: Store, { certificate, key }: KeyPair): void {
  const known = store.get(service, signing);
  if (known) store.update(known, { certificate, key }, []);
  else store.insert(service, "", signing, { certificate, key }, []);
}

function makeDataFolder(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The folder ${folder} of the tenant's data file cannot be made: ${reason}.`, { cause });
  }
}
