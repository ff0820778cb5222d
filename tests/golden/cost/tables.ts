import { assumed, loads, monthly } from "./load.ts";
import type { Line } from "./model.ts";
import { total } from "./model.ts";
import { prices } from "./prices.ts";
import { free } from "./rules.ts";

type Table = readonly (readonly string[])[];

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const amount = (quantity: number) => (quantity < 10 ? small : whole).format(quantity);
const dollars = (usd: number) => (usd > 0 && usd < 0.005 ? "< 0.01" : usd.toFixed(2));

const markdown = ([head = [], ...rows]: Table) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const logins = loads.map(({ loginsPerDay }) => `${whole.format(loginsPerDay)} logins a day`);
const short = (type: string) => type.replace(/\/.*:/, ".");

/** By part, then by what is paid for: the same lines at each load. */
export function costs(byLoad: readonly (readonly Line[])[]): string {
  const [lines = []] = byLoad;
  const parts = [...new Set(lines.map(({ part }) => part))];
  const sums = (part: string) => byLoad.map((all) => dollars(total(all.filter((line) => line.part === part))));
  const ofParts = parts.map((part) => [part, ...sums(part)]);
  const all = ["**all of it**", ...byLoad.map((some) => `**${dollars(total(some))}**`)];
  const details = lines.map(({ part, type, resources, what }, n) => [
    part,
    `\`${short(type)}\`${resources > 1 ? ` × ${resources}` : ""}`,
    what,
    ...byLoad.flatMap((some) => [amount(some[n]?.quantity ?? 0), dollars(some[n]?.usd ?? 0)]),
  ]);
  return [
    markdown([["US$ a month", ...logins], ...ofParts, all]),
    markdown([["part", "resources", "what", ...logins.flatMap((load) => [load, "US$"])], ...details]),
  ].join("\n\n");
}

const reasons = Object.entries(free).map(([type, why]) => [`\`${short(type)}\``, why] as const);

/** By why it costs nothing. */
export const freeOnes = () =>
  markdown([
    ["costs nothing", "because it is"],
    ...Object.entries(Object.groupBy(reasons, ([, why]) => why)).map(([why, some = []]) => [
      some.map(([type]) => type).join(", "),
      why,
    ]),
  ]);

export const listPrices = () =>
  markdown([
    ["US$", "for", "AWS says it on"],
    ...Object.values(prices).map(({ usd, per, unit, page }) => [
      String(usd),
      per === 1 ? `a ${unit}` : `${whole.format(per)} ${unit}`,
      `[${new URL(page).pathname}](${page})`,
    ]),
  ]);

export const assumptions = () =>
  markdown([
    ["assumed", ...logins],
    ["processes of back ends that read", ...loads.map(({ backEnds }) => whole.format(backEnds))],
    ...(
      [
        ["entries in Auth0's log a login: itself, its code, a silent login, a refresh", assumed.eventsPerLogin],
        ["bytes an entry", assumed.bytesPerEvent],
        ["bytes paid for of a byte kept: AWS compresses, and nothing is taken off for it", assumed.keptOfWritten],
        ["mails a login: new passwords, invitations, addresses to confirm", assumed.mailsPerLogin],
        ["alarms a day, to every address", assumed.alarmsPerDay],
        ["reads of each secret a day by each back end", assumed.secretReadsPerDay],
        ["new directories a day, each read by each back end", assumed.directoriesPerDay],
        ["requests a day of CloudWatch Logs to KMS: not documented", assumed.keyRequestsOfLogsPerDay],
        ["entries a day that cannot be kept", assumed.undeliveredPerDay],
      ] as const
    ).map(([what, value]) => [what, ...loads.map(() => value.toLocaleString("en"))]),
  ]);

/** Were CloudWatch Logs to ask KMS for each event, at the larger load. */
export const everyEvent = () => dollars((monthly(loads[1]).events / prices.keyRequest.per) * prices.keyRequest.usd);
