import type { ManagementApi } from "./management.ts";
import type { Marked } from "./marshal.ts";
import { toProvider, toPulumi } from "./properties.ts";
import type { ResourceType } from "./provider.ts";
import { type Field, type Fields, isSingle } from "./table.ts";
import { validate } from "./validate.ts";
import type { Dict } from "./value.ts";

/** What a function answers: its results, or every reason to refuse its arguments, one sentence each. */
export interface Answered {
  readonly results: Record<string, Marked>;
  readonly failures: readonly string[];
}

const GET_TENANT = "auth0:index/getTenant:getTenant";
const TENANT = "auth0:index/tenant:Tenant";
/** Any id will do: a tenant has its settings once. */
const ID = "tenant";

/** Fields that only the function has, beside those of the resource. */
const OWN: Fields = {
  domain: { name: "domain", kind: "string", computed: true },
  management_api_identifier: { name: "managementApiIdentifier", kind: "string", computed: true },
};

/**
 * Answers a function of the package; of all those the real plugin has, only `getTenant`.
 * @param api asked only once the arguments are in order
 * @throws Error for any other function; ApiError when the tenant refuses to answer
 */
export async function answerFunction(
  token: string,
  given: Dict,
  types: ReadonlyMap<string, ResourceType>,
  api: () => ManagementApi,
): Promise<Answered> {
  const tenant = types.get(TENANT);
  if (token !== GET_TENANT || !tenant) {
    throw new Error(`unrecognized data function (Invoke): ${token}; this stand-in knows only ${GET_TENANT}.`);
  }
  const fields = { ...readOnly(tenant.table.fields), ...OWN };
  const faults = validate(fields, toProvider(fields, given));
  if (faults.length > 0) {
    const failures = faults.map(
      ({ path, summary, detail }) => `[${path}] ${detail ? `${summary}: ${detail}` : summary}`,
    );
    return { results: {}, failures };
  }
  const { origin } = api();
  const found = await tenant.read(api(), ID);
  const state = {
    ...found?.state,
    domain: new URL(origin).hostname,
    management_api_identifier: `${origin}/api/v2/`,
  };
  return { results: toPulumi(fields, state), failures: [] };
}

/** A resource's fields as a function returns them: none can be written, and a single object is a list of one. */
function readOnly(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, readOnlyField(field)]));
}

function readOnlyField({ name, kind, of, secret, fields, ...rest }: Field): Field {
  const isObject = isSingle({ name, kind, ...rest }) && fields !== undefined;
  return {
    name: isObject && !name.endsWith("s") ? `${name}s` : name,
    kind,
    computed: true,
    ...(of ? { of } : {}),
    ...(secret ? { secret } : {}),
    ...(fields ? { fields: readOnly(fields) } : {}),
  };
}
