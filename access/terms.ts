/** What a company's entry sets for its own people, beyond type and conditions; what is left out is no rule. */
export interface Terms {
  /** Names of the apps that its people may enter, among those that admit its type. */
  readonly apps?: readonly string[] | undefined;
  /** Names of the roles that its members may hold. */
  readonly memberRoles?: readonly string[] | undefined;
  /** `required`: each member gives a second factor, also who comes through the company's own login. */
  readonly mfa?: "required" | undefined;
  readonly limits?: Limits | undefined;
  /** The address, in lower case, of the one account with a password that may stay at the company's domains. */
  readonly breakGlass?: string | undefined;
}

/** How much a company may make by itself. */
export interface Limits {
  /** API clients of its own, beside those of the entry. @default none */
  readonly credentials?: number | undefined;
  /** Members at a time. @default any number */
  readonly members?: number | undefined;
}

/** The same as organization metadata. Auth0 removes a key whose value is empty, so what is not set is left out. */
export function writeTerms({ apps, memberRoles, mfa, limits = {}, breakGlass }: Terms): Record<string, string> {
  return {
    ...(apps && { apps: written(apps) }),
    ...(memberRoles && { member_roles: written(memberRoles) }),
    ...(mfa && { mfa }),
    ...(limits.credentials !== undefined && { limit_credentials: `${limits.credentials}` }),
    ...(limits.members !== undefined && { limit_members: `${limits.members}` }),
    ...(breakGlass !== undefined && { break_glass: breakGlass }),
  };
}

/** The keys of organization metadata that hold them. */
export const termKeys = ["apps", "member_roles", "mfa", "limit_credentials", "limit_members", "break_glass"] as const;

/** The terms as metadata have them, in the words of an entry: whether an entry may say them is for its schema to tell. */
export function readTerms(metadata: Readonly<Record<string, unknown>>) {
  const text = (key: (typeof termKeys)[number]) => {
    const value = metadata[key];
    return typeof value === "string" ? value : undefined;
  };
  const list = (key: "apps" | "member_roles") => text(key)?.split(",");
  const [apps, memberRoles, mfa, breakGlass] = [list("apps"), list("member_roles"), text("mfa"), text("break_glass")];
  const limits = {
    ...(text("limit_credentials") !== undefined && { credentials: Number(text("limit_credentials")) }),
    ...(text("limit_members") !== undefined && { members: Number(text("limit_members")) }),
  };
  return {
    ...(apps && { apps }),
    ...(memberRoles && { memberRoles }),
    ...(mfa !== undefined && { mfa }),
    ...(Object.keys(limits).length > 0 && { limits }),
    ...(breakGlass !== undefined && { breakGlass }),
  };
}

/** Whether a list of names in metadata, `apps` or `member_roles`, has a name. Where there is no list, it has every one. */
export function isAmong(names: string | undefined, name: unknown): boolean {
  return names === undefined || names.split(",").some((one) => one === name);
}

/** Whether an address is that of the organization's one account with a password. In ASCII alone: elsewhere another mailbox's letters have the same small ones. */
export function isBreakGlass({ break_glass: named }: Readonly<Record<string, string>>, address: unknown): boolean {
  return typeof address === "string" && /^[!-~]+$/.test(address) && address.toLowerCase() === named;
}

function written(names: readonly string[]): string {
  return [...names].sort().join(",");
}
