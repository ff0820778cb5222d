/** One cookie as a browser keeps it: https://www.rfc-editor.org/rfc/rfc6265 */
interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: "strict" | "lax" | "none";
  /** Milliseconds since 1970. */
  readonly ends: number;
}

/** How a request comes about: what SameSite looks at. */
export interface Travel {
  readonly method: "GET" | "POST";
  /** The origin of the page that sends it; undefined for an address that the person typed. */
  readonly from: string | undefined;
}

/** The cookies of one browser. Apart by host and port: to a browser on loopback each is another site. */
export class CookieJar {
  readonly #hosts = new Map<string, Cookie[]>();

  /** Keeps what an answer sets. @throws for a cookie that a browser would not take, which is a fault of the server */
  keep(url: URL, lines: readonly string[]): void {
    for (const line of lines) {
      const cookie = read(url, line);
      const others = (this.#hosts.get(url.host) ?? []).filter(
        ({ name, path }) => name !== cookie.name || path !== cookie.path,
      );
      this.#hosts.set(url.host, cookie.ends > Date.now() ? [...others, cookie] : others);
    }
  }

  /** The header for a request; undefined without a cookie. */
  header(url: URL, travel: Travel): string | undefined {
    const sent = (this.#hosts.get(url.host) ?? []).filter((cookie) => goesAlong(cookie, url, travel));
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join("; ");
  }
}

function goesAlong({ path, secure, sameSite, ends }: Cookie, url: URL, { method, from }: Travel): boolean {
  if (ends <= Date.now() || (secure && url.protocol !== "https:")) return false;
  const below = url.pathname === path || url.pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
  const foreign = from !== undefined && from !== url.origin;
  if (foreign && sameSite === "strict") return false;
  return below && !(foreign && sameSite === "lax" && method !== "GET");
}

function read(url: URL, line: string): Cookie {
  const [pair = "", ...rest] = line.split(";").map((part) => part.trim());
  const at = pair.indexOf("=");
  const said = new Map(rest.map((part) => splitAt(part)));
  const sameSite = said.get("samesite")?.toLowerCase() ?? "lax";
  if (sameSite !== "strict" && sameSite !== "lax" && sameSite !== "none") throw new Error(`SameSite ${sameSite}`);
  const secure = said.has("secure");
  if (secure && url.protocol !== "https:") throw new Error(`a Secure cookie over ${url.protocol}`);
  if (sameSite === "none" && !secure) throw new Error("SameSite=None without Secure");
  if (said.has("domain")) throw new Error("a cookie with a domain, which would go to other hosts too");
  return {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    path: said.get("path") ?? "/",
    secure,
    httpOnly: said.has("httponly"),
    sameSite,
    ends: endOf(said),
  };
}

function splitAt(part: string): [string, string] {
  const at = part.indexOf("=");
  return at < 0 ? [part.toLowerCase(), ""] : [part.slice(0, at).toLowerCase(), part.slice(at + 1)];
}

function endOf(said: ReadonlyMap<string, string>): number {
  const age = said.get("max-age");
  if (age !== undefined) return Date.now() + Number(age) * 1000;
  const expires = said.get("expires");
  return expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(expires);
}
