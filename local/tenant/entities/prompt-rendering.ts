import { missing, Refusal } from "../management/faults.ts";
import {
  choice,
  extended,
  flag,
  freeRecord,
  list,
  nullable,
  oneOf,
  record,
  type Schema,
  text,
} from "../management/fields.ts";
import { type Body, bodiesAt, omit, textAt } from "../management/json.ts";
import { listAnswer, listQuery } from "../management/listing.ts";
import { merge } from "../management/merge.ts";
import type { Call, Family, Listing, Route } from "../management/tables.ts";
import { validate } from "../management/validation.ts";
import { scopeOf } from "../store.ts";
import { screens } from "./prompt-screens.ts";
import { tenantName } from "./tenant-name.ts";

const family = "prompt-rendering";
const path = "/prompts/:prompt/screen/:screen/rendering";

const contexts = [
  ...["branding.settings", "branding.themes.default", "client.logo_uri", "client.description"],
  ...["organization.display_name", "organization.branding", "screen.texts", "tenant.name", "tenant.friendly_name"],
  ...["tenant.logo_url", "tenant.enabled_locales", "untrusted_data.submitted_form_data", "user.organizations"],
  ...["login_hint", "screen_hint", "ui_locales"].map((hint) => `untrusted_data.authorization_params.${hint}`),
  "transaction.custom_domain.domain",
];

/** Each of these stands before one key of its own. */
const keyed = [
  ...["client.metadata.", "organization.metadata.", "transaction.custom_domain.domain_metadata."],
  ...["user.user_metadata.", "user.app_metadata.", "untrusted_data.authorization_params.ext-"],
].map((prefix) => text({ pattern: `^${prefix.replaceAll(".", "\\.")}[^\\.]+$` }));

/** Some of the objects of a kind, by id or by one entry of their metadata. */
function chosen(): Schema {
  const byId = record({ id: text() }, { required: ["id"] });
  return list(oneOf(byId, record({ metadata: freeRecord({ max: 1 }) }, { required: ["metadata"] })));
}

const mode = choice(["advanced", "standard"]);

/** https://auth0.com/docs/api/management/v2/prompts/patch-rendering */
const fields = record({
  rendering_mode: mode,
  context_configuration: nullable(list(oneOf(choice(contexts), ...keyed))),
  default_head_tags_disabled: nullable(flag()),
  use_page_template: nullable(flag()),
  head_tags: nullable(
    list(record({ tag: text(), attributes: freeRecord({ max: 10 }), content: text() }, { open: true })),
  ),
  filters: nullable(
    record({
      match_type: choice(["includes_any", "excludes_any"]),
      clients: chosen(),
      organizations: chosen(),
      domains: chosen(),
    }),
  ),
});

const initial: Body = {
  rendering_mode: "standard",
  context_configuration: [],
  default_head_tags_disabled: false,
  head_tags: [],
  filters: null,
  use_page_template: false,
};

const names = { prompt: choice(Object.keys(screens)), screen: choice(Object.values(screens).flat()) };
const noPrompt = missing("The prompt does not exist.");

interface Place {
  readonly prompt: string;
  readonly screen: string;
}

/** A screen that another prompt has is none of this one's. */
function placeOf({ prompt = "", screen = "" }: { readonly [name: string]: string | undefined }): Place {
  if (!screens[prompt]?.includes(screen)) throw new Refusal(noPrompt);
  return { prompt, screen };
}

function placeIn({ params }: Call): Place {
  validate({ ...params }, record(names), "path");
  return placeOf(params);
}

/** Stores what a PATCH names, and answers it: what was null is in no answer. */
function write({ prompt, screen }: Place, settings: Body, { tenant: { objects } }: Call): Body {
  const { store } = objects;
  const known = store.get(family, scopeOf(prompt, screen));
  // a screen is in lists once something was set
  if (Object.keys(settings).length === 0) return {};
  const next = merge(known?.body ?? { prompt, screen }, settings);
  const keys = Object.entries({ prompt, screen, rendering_mode: textAt(next, "rendering_mode") ?? "standard" });
  const indexed = keys.map(([name, value]) => ({ name, value, unique: false }));
  if (known) store.update(known, next, indexed);
  else store.insert(family, "", scopeOf(prompt, screen), next, indexed);
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}

const pattern = (values: readonly string[]): string => values.map((value) => `(${value})`).join("|");
const shownFields = ["rendering_mode", "prompt", "screen", "context_configuration", "default_head_tags_disabled"];
const listed = pattern([...shownFields, "head_tags"]);

const listing: Listing = {
  items: "configs",
  style: "pages",
  checkpoint: false,
  filters: { ...names, rendering_mode: mode },
  fields: [],
};

/** How the pages of prompts are made: https://auth0.com/docs/customize/login-pages/advanced-customizations */
const routes: readonly Route[] = [
  {
    method: "GET",
    path,
    handle: (call) => {
      const { prompt, screen } = placeIn(call);
      const known = call.tenant.objects.store.get(family, scopeOf(prompt, screen))?.body ?? {};
      return { status: 200, body: { tenant: tenantName(call.tenant), prompt, screen, ...initial, ...known } };
    },
  },
  {
    method: "PATCH",
    path,
    fields,
    handle: (call) => ({ status: 200, body: write(placeIn(call), call.body, call) }),
  },
  {
    method: "GET",
    path: "/prompts/rendering",
    query: { ...listQuery(listing), fields: text({ pattern: `^(${listed})(,(${listed}))*$` }) },
    handle: (call) =>
      listAnswer(call.tenant.objects.store, listing, { family }, call, ({ body }) => ({ ...initial, ...body })),
  },
  {
    method: "PATCH",
    path: "/prompts/rendering",
    fields: record(
      { configs: list(extended({ ...fields, required: ["prompt", "screen"] }, names), { min: 1 }) },
      { required: ["configs"] },
    ),
    handle: (call) => {
      const configs = bodiesAt(call.body, "configs").map((config) => {
        const place = placeOf({ prompt: textAt(config, "prompt"), screen: textAt(config, "screen") });
        return { ...place, ...write(place, omit(config, ["prompt", "screen"]), call) };
      });
      return { status: 200, body: { configs } };
    },
  },
];

export const promptRendering: Family = { routes };
