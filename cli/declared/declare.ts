import * as pulumi from "@pulumi/pulumi";
import { secretStandIn } from "../../stacks/stack-file.ts";
import { madeUp } from "./made-up.ts";

/** One resource as a program declared it. */
export interface Declared {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly opts: pulumi.CustomResourceOptions;
  readonly resource: pulumi.Resource;
  /** `type::name` of the parent, or undefined for a child of the stack. */
  readonly parent: string | undefined;
}

interface Stack {
  readonly stack?: string;
  readonly config?: Readonly<Record<string, string>>;
  readonly secretKeys?: readonly string[];
  /** What makes each resource that Auth0 would have. @default nothing: it has the inputs, and made-up ids */
  readonly make?: (resource: pulumi.runtime.MockResourceArgs) => Promise<pulumi.runtime.MockResourceResult>;
}

/** Stands for every secret that Auth0 would make up. */
export const generatedSecret = "a secret of the tenant";

/** The tenant that the provider is connected to. */
export const connectedTenant = { domain: "tenant.example", managementApiIdentifier: "https://tenant.example/api/v2/" };

/**
 * Runs a program on recorded mocks and returns everything it declared, in order.
 * Any invoke but of a secret that lies with AWS, two resources of one type and name, and any throw in the program fail the run.
 */
export async function declare(
  program: () => unknown,
  { stack = "local", config = {}, secretKeys = [], make }: Stack = {},
) {
  const inputs = new Map<string, Record<string, unknown>>();
  const declared: Omit<Declared, "inputs">[] = [];
  const names = new Map<pulumi.Resource, string>();
  let failure: unknown;

  await pulumi.runtime.setMocks(
    {
      newResource: (resource) => {
        const { type, name, inputs: given } = resource;
        inputs.set(`${type}::${name}`, given);
        if (make && resource.custom) return make(resource);
        return {
          id: `${name}-id`,
          state: {
            ...given,
            ...madeUp(type, name, given),
            clientId: given.clientId ?? `${name}-client`,
            clientSecret: generatedSecret,
          },
        };
      },
      call: secretOfAws,
    },
    "auth0-b2b",
    stack,
  );
  pulumi.runtime.setAllConfig({ ...config }, [...secretKeys]);
  await pulumi.runtime.runInPulumiStack(async () => {
    pulumi.runtime.registerStackTransformation(({ type, name, opts, resource }) => {
      const id = `${type}::${name}`;
      // mocks accept a repeated URN; the engine does not
      if (names.size !== names.set(resource, id).size && declared.some((d) => d.type === type && d.name === name)) {
        failure ??= new Error(`declared twice: ${id}`);
      }
      const parent = opts.parent && names.get(opts.parent);
      declared.push({ type, name, opts, resource, parent });
      return undefined;
    });
    try {
      await program();
    } catch (error) {
      failure ??= error;
    }
    return {};
  });
  await pulumi.runtime.disconnect();

  if (failure) throw failure;
  return declared.map((d): Declared => ({ ...d, inputs: inputs.get(`${d.type}::${d.name}`) ?? {} }));
}

/** What lies with AWS is a secret like those of the stack: its value is not known here, and not asked for. */
function secretOfAws({ token, inputs }: pulumi.runtime.MockCallArgs): Record<string, unknown> {
  if (token === "aws:secretsmanager/getSecretVersion:getSecretVersion") {
    return { ...inputs, secretString: secretStandIn };
  }
  throw new Error(`unmocked invoke ${token}`);
}
