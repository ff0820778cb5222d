import { asObject, type Json, type JsonObject } from "../management.ts";
import { GuardedError } from "../provider.ts";
import { type Dict, dictAt, elements, isDict, text } from "../value.ts";
import { entity } from "./entity.ts";
import { fromAnswer, type Mapping, objectBody } from "./mapping.ts";
import { encodePath, type Step } from "./operation.ts";
import { type Strategy, strategies } from "./strategies.ts";

const TOP: Mapping = {
  unsent: ["options"],
  unread: ["options"],
  once: ["name", "strategy"],
  whenChanged: ["realms"],
};

function strategyOf(name: string): Strategy {
  const found = strategies[name];
  if (found) return found;
  const known = Object.keys(strategies).join(", ");
  throw new Error(`This stand-in does not know the connection strategy ${JSON.stringify(name)}; it knows ${known}.`);
}

/** Options are replaced whole by the API, so every update carries all that is written. */
function sent(body: JsonObject, step: Step): JsonObject {
  const strategy = strategyOf(text(step.planned.strategy));
  const result: JsonObject = { ...body };
  if (!strategy.enterprise) delete result.show_as_button;
  for (const name of ["authentication", "connected_accounts"]) {
    if (!step.changed(name)) delete result[name];
    else if (!result[name]) result[name] = {};
  }
  const [options] = elements(step.config.options);
  if (isDict(options)) result.options = optionsBody(step, options, strategy);
  return result;
}

function optionsBody(step: Step, options: Dict, strategy: Strategy): JsonObject {
  const fields = step.fields.options?.fields ?? {};
  const modelled = Object.fromEntries(
    strategy.options.filter((name) => name in fields).map((name) => [name, fields[name]]),
  );
  const once = ["attributes.email.unique", ...(strategy.once ?? [])].map((name) => `options.${name}`);
  const unsent = step.creates ? [] : once;
  const mapping = { ...strategy.mapping, unsent: [...(strategy.mapping.unsent ?? []), ...unsent] };
  const body = objectBody(modelled as typeof fields, options, mapping, "options");
  const scope = strategy.scopes ? scopeText(step) : null;
  if (strategy.needsScopes && !scope) {
    throw new GuardedError(`the scopes option is required for connection strategy ${text(step.planned.strategy)}`);
  }
  const asked = { ...body, ...scopeSwitches(step, strategy) };
  return (strategy.sent ?? ((same) => same))(scope === null ? asked : { ...asked, scope });
}

/** The switch of every scope that is asked for is on, that of one which was before is off; the others are not sent. */
function scopeSwitches({ planned, prior }: Step, { switches = {} }: Strategy): JsonObject {
  const [before = [], after = []] = [prior, planned].map((state) => elements(dictAt(state?.options).scopes).map(text));
  return Object.fromEntries(
    Object.entries(switches)
      .filter(([scope]) => before.includes(scope) || after.includes(scope))
      .map(([scope, name]) => [name, after.includes(scope)]),
  );
}

/** Scopes are one text to the API, a set to the program; none of them is an empty text if there was one before. */
function scopeText({ planned, prior }: Step): string | null {
  const [before, after] = [prior, planned].map((state) => elements(dictAt(state?.options).scopes).map(text));
  if (!before?.length && !after?.length) return null;
  return (after ?? []).sort().join(" ");
}

function received(read: Dict, answer: JsonObject, step: Step): Dict {
  const strategy = strategyOf(text(answer.strategy as string));
  const { show_as_button: button, ...rest } = read;
  return {
    ...rest,
    ...(strategy.enterprise ? { show_as_button: button ?? null } : {}),
    options: [optionsFrom(step, asObject(answer.options), strategy)],
  };
}

function optionsFrom(step: Step, answer: JsonObject, strategy: Strategy): Dict {
  const fields = step.fields.options?.fields ?? {};
  const modelled = Object.fromEntries(
    strategy.options.filter((name) => name in fields).map((name) => [name, fields[name]]),
  );
  const told = strategy.told ? strategy.told(answer) : answer;
  const options = fromAnswer(modelled as typeof fields, told, strategy.mapping, "options");
  const written = dictAt(step.planned.options);
  for (const name of strategy.kept ?? []) options[name] = written[name] ?? null;
  if (strategy.scopes) options.scopes = scopesFrom(answer.scope);
  if (strategy.switches) {
    options.scopes = Object.entries(strategy.switches).flatMap(([scope, name]) =>
      answer[name] === true ? [scope] : [],
    );
  }
  return strategy.received ? strategy.received(options) : options;
}

const scopesFrom = (scope: Json | undefined): string[] =>
  typeof scope === "string" ? scope.split(" ").filter(Boolean) : [];

/** Options are replaced whole, so an update that writes any looks first at what it would wipe out. */
async function keepUnwritten(step: Step, body: JsonObject): Promise<JsonObject> {
  const strategy = strategyOf(text(step.planned.strategy));
  const isDatabase = step.planned.strategy === "auth0";
  if ((!isDatabase && !strategy.passedThrough) || !body.options) return body;
  const answer = await step.api.object("GET", `connections/${encodePath(step.id)}`);
  const present = asObject(answer.options);
  if (isDatabase) refuseForeignSecrets(step, asObject(present.configuration));
  const kept = (strategy.passedThrough ?? []).filter((name) => isCarried(present[name], name, strategy));
  const options = {
    ...asObject(body.options),
    ...Object.fromEntries(kept.map((name) => [name, present[name] ?? null])),
  };
  return { ...body, options };
}

const isCarried = (value: Json | undefined, name: string, { unlessEmpty = [] }: Strategy): boolean =>
  value !== undefined && value !== null && !(unlessEmpty.includes(name) && Array.isArray(value) && value.length === 0);

/** A database update replaces all its secrets: one that someone else set would be lost. */
function refuseForeignSecrets(step: Step, configuration: JsonObject): void {
  const present = Object.keys(configuration);
  const written = dictAt(step.config.options).configuration;
  const foreign = present.find((key) => !isDict(written) || !(key in written));
  if (foreign === undefined) return;
  throw new Error(
    `Unmanaged Configuration Secret: Detected a configuration secret not managed here: ${JSON.stringify(foreign)}. If you proceed, this configuration secret will get deleted; add it to the connection's configuration first.`,
  );
}

/** https://auth0.com/docs/api/management/v2/connections */
export const connection = entity({
  collection: "connections",
  mapping: TOP,
  sent,
  received,
  beforeUpdate: keepUnwritten,
});
