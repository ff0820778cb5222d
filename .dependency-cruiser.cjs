// Which room may import which; what is not listed is refused. Tests may import anything, and nothing imports tests.
const ROOMS = {
  "index.ts": ["stacks", "components"],
  stacks: ["access", "components"],
  components: ["access", "actions"],
  actions: ["access"],
  kit: ["access"],
  bootstrap: ["components/aws", "stacks/config.ts", "stacks/faults.ts", "stacks/schema"],
  cli: ["access", "actions", "stacks", "components", "login"],
  access: [],
  login: [],
  "local/tenant": ["login"],
  // the program that hands the front in
  "local/tenant/main.ts": ["local/front", "local/tenant"],
  "local/player": [],
  "local/front": [
    "local/player",
    "local/tenant",
    "local/idp/claims.ts",
    "local/idp/description.ts",
    "local/idp/file.ts",
  ],
  "local/idp": ["local/tenant/certificate.ts", "local/tenant/listen.ts"],
  "local/plugin": [],
  "local/engine": [],
  "local/commands": ["local/engine", "local/player", "examples/settings.ts"],
  examples: ["kit", "local/tenant/certificate.ts", "local/tenant/listen.ts"],
  bench: ["access", "local/engine", "local/tenant"],
  "bench/naive": [],
};

// What runs on a person's own tenant; the rest replaces that tenant on a developer's machine.
const PROGRAM = ["index.ts", "stacks", "components", "actions", "access", "kit", "cli", "bootstrap"];

const inside = (room) => (room.endsWith(".ts") ? `^${room}$` : `^${room}/`);

// A file with a row of its own is under no other.
const ownRulesIn = (room) =>
  Object.keys(ROOMS)
    .filter((name) => name.startsWith(`${room}/`))
    .map(inside);

module.exports = {
  forbidden: [
    ...Object.entries(ROOMS).map(([room, allowed]) => ({
      name: `${room} imports only ${allowed.join(", ") || "itself"}`,
      severity: "error",
      from: { path: inside(room), pathNot: ownRulesIn(room) },
      to: {
        pathNot: [room, ...allowed, "node_modules"].map(inside).concat("^package\\.json$"),
        dependencyTypesNot: ["core"],
        couldNotResolve: false,
      },
    })),
    {
      name: "no circle",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "the program needs no development package",
      severity: "error",
      from: { path: PROGRAM.map(inside) },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["type-only"] },
    },
    { name: "every import is found", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "^node_modules/" },
    exclude: { path: "^(\\.local|coverage)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
