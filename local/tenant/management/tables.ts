import type { Selection, Stored } from "../store.ts";
import type { Switches } from "../switches.ts";
import type { Signer } from "../tokens/signer.ts";
import type { Fault } from "./faults.ts";
import type { Schema } from "./fields.ts";
import type { Body, Json } from "./json.ts";
import type { Objects } from "./objects.ts";
import type { Scopes } from "./scopes.ts";

/** What every rule of a table may look at and act on. */
export interface Tenant {
  readonly objects: Objects;
  /** Host and port, as Auth0's domain: `localhost:8443`. */
  readonly domain: string;
  /** The certificates of the tenant, as every client shows them. */
  readonly signingKeys: Json;
  /** Its answers where the documentation has none. */
  readonly switches: Switches;
}

/** One validated request. */
export interface Call {
  readonly tenant: Tenant;
  readonly scopes: Scopes;
  readonly method: Route["method"];
  /** The decoded parts of the path. */
  readonly params: { readonly [name: string]: string };
  readonly query: { readonly [name: string]: string };
  readonly body: Body;
  /** What `prepare` answered; empty where the route has none. */
  readonly prepared?: Body;
}

export interface Answer {
  readonly status: 200 | 201 | 202 | 204;
  readonly body?: Json;
}

/** One endpoint. `:name` in the path is a parameter. */
export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: { readonly [name: string]: Schema };
  /** No schema: the endpoint takes no body. */
  readonly fields?: Schema;
  /** What takes time and so must be done before the transaction, which cannot wait: keys made, a token read. */
  prepare?(call: Call, caller: Caller): Promise<Body>;
  handle(call: Call): Answer;
}

/** Who asks, and what reads the tenant's own tokens. */
interface Caller {
  readonly signer: Signer;
  /** The bearer token as it came. */
  readonly token: string;
}

/** What one path parameter before the last names. */
export interface Parent {
  readonly param: string;
  readonly family: string;
  readonly missing: Fault;
}

/** A value that an object is found by. */
export interface KeyRule {
  readonly name: string;
  of(body: Body): string | readonly string[] | undefined;
  /** With it the value is unique in the family, or among the children of one parent. */
  readonly conflict?: Fault;
  /** @default family */
  readonly within?: "family" | "parent";
}

/** A field that names an object of another family. When that is deleted, so is what names it. */
export interface Reference {
  readonly field: string;
  readonly family: string;
  /** The other's key that the field holds. @default its id */
  readonly by?: string;
  readonly missing: Fault;
}

export interface Listing {
  /** The name of the items in a wrapped answer. */
  readonly items: string;
  /**
   * pages: a bare array, `{start, limit, total, items}` with include_totals, `{items, next}` with take;
   * checkpoint: always `{items, next}`; array: always bare; numbered: `{items, total, page, per_page}` without zeros.
   */
  readonly style: "pages" | "checkpoint" | "array" | "numbered";
  /** Whether a list of style pages takes `take` and `from`. @default true */
  readonly checkpoint?: false;
  /** With take, `next` follows every page that holds something, even the last. @default only a full page */
  readonly nextAlways?: boolean;
  /** With take, a full page without a following object has no `next`. @default false */
  readonly nextIfMore?: true;
  /** What `next` holds in base64: the time and id of the last object, or the id of the one that follows. @default a place of ours */
  readonly token?: "time and id" | "following id";
  /** When what owns the list was made: a token of an earlier time is none of this list, and nothing follows it. @default any time is a place */
  readonly since?: (call: Call) => string | undefined;
  /** The id in a token of time and id. @default the object's own */
  readonly tokenId?: (stored: Stored) => string;
  /** What a token that leads nowhere is refused with. @default as of most lists */
  readonly badFrom?: Fault;
  /** Least `per_page`. @default 1 */
  readonly leastPerPage?: 0;
  /** Most `page`. @default any */
  readonly mostPage?: number;
  /** Whether an answer with totals also says how many items this page has. @default false */
  readonly length?: true;
  /** What offset paging past the thousandth object is refused with. @default as of most lists */
  readonly tooDeep?: Fault;
  /** A search of the list's own: its query parameters, and what they select. */
  readonly query?: { readonly parameters: { readonly [name: string]: Schema }; of(call: Call): Found };
  /** Query parameters that select by the key of the same name; several values are separated by commas. */
  readonly filters?: readonly string[] | { readonly [name: string]: Schema };
  /** A query parameter that selects what contains its text under a key. */
  readonly search?: { readonly param: string; readonly key: string };
  /** Keys that `q=key:value` may ask for; a value may end in `*`. */
  readonly questions?: readonly string[];
  /** Keys by which `sort=key:1` orders. */
  readonly sort?: readonly string[];
  /** Whether `fields` and `include_fields` are taken; these fields are shown whatever they say. */
  readonly fields?: readonly string[];
}

/** What a search selects: by keys, then by what no key tells, in an order that no key gives. */
export interface Found {
  readonly where?: Selection["where"];
  keeps?(body: Body): boolean;
  compare?(one: Body, other: Body): number;
}

/** A family of objects with an id of their own. */
export interface Entity {
  readonly family: string;
  /** The path of the collection; an object is at `path/:id`. */
  readonly path: string;
  readonly parents?: readonly Parent[];
  readonly idField: string;
  newId(body: Body): string;
  readonly missing: Fault;
  /** A key whose value may stand in the path for the id. */
  readonly alias?: string;
  readonly keys?: readonly KeyRule[];
  readonly references?: readonly Reference[];
  /** Whether one object can be read at its path. @default true */
  readonly readable?: false;
  readonly create?: { readonly fields: Schema; readonly status: 200 | 201 };
  readonly update?: {
    readonly fields: Schema;
    /** Objects that a PATCH merges one level deep, null removing a key. @default none: replaced whole */
    readonly merged?: readonly string[];
  };
  readonly remove?: {
    readonly status: 200 | 202 | 204;
    /** What the answer holds. @default nothing */
    readonly body?: (stored: Stored) => Body;
    /** What a delete of something that is not there answers. */
    readonly repeated: 204 | 404;
    readonly query?: { readonly [name: string]: Schema };
  };
  /** What a create adds; fields of the request win. */
  defaults?(body: Body, call: Call): Body;
  /** The last word on what is stored, and the place for rules that no schema can express. */
  settle?(next: Body, call: Call, before?: Stored): Body;
  afterCreate?(stored: Stored, call: Call): void;
  beforeRemove?(stored: Stored, call: Call): void;
  /** What reading an object does to it. @default nothing */
  seen?(stored: Stored, call: Call): Stored;
  /** What an answer shows of it. @default all but what is undocumented: the stored body */
  shown?(stored: Stored, call: Call): Body;
  readonly list?: Listing;
}

/** Pairs of objects: members, roles, permissions. Added and removed by lists, without an id of their own. */
export interface Link {
  readonly family: string;
  readonly path: string;
  readonly parents: readonly Parent[];
  /** The field of the body that holds the list. */
  readonly listed: string;
  /** Most items of one request. @default any number */
  readonly mostAtOnce?: number;
  /** Whether the body may hold other fields. @default false */
  readonly open?: true;
  readonly item: Schema;
  /** The id of the pair among those of its parent. */
  idOf(item: Json): string;
  /** What is linked; the value is its id, or its key `by`. */
  readonly target: { readonly family: string; readonly by?: string; of(item: Json): string; readonly missing: Fault };
  /** Rules beyond the target's existence. */
  check?(item: Json, target: Stored, call: Call): void;
  /** Most pairs of one parent. */
  readonly limit?: { readonly most: number; readonly fault: Fault };
  readonly statuses: { readonly add: 200 | 201 | 204; readonly remove: 204; readonly body?: Body };
  /** Whether POST and DELETE exist, or only GET. @default true */
  readonly writable?: boolean;
  /** Order of the list. @default that of the linking */
  readonly sort?: string;
  shown(stored: Stored, target: Stored, call: Call): Body;
  readonly list: Listing;
}

/** An object that every tenant has exactly once. */
export interface Singleton {
  readonly family: string;
  readonly path: string;
  readonly method: "PATCH" | "PUT";
  readonly fields: Schema;
  readonly initial: Body;
  /** Whether a read takes `fields` and `include_fields`. @default false */
  readonly narrow?: true;
  readonly merged?: readonly string[];
  settle?(next: Body, call: Call, before: Body): Body;
  /** What an update does elsewhere; the request is `call.body`. */
  afterUpdate?(next: Body, call: Call): void;
  shown?(body: Body, method: "GET" | "PATCH" | "PUT"): Body;
}

/** The tables of one part of the Management API. */
export interface Family {
  readonly entities?: readonly Entity[];
  readonly links?: readonly Link[];
  readonly singletons?: readonly Singleton[];
  readonly routes?: readonly Route[];
  /** What a brand-new tenant holds. */
  seed?(tenant: Tenant): void;
}
