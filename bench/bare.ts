import { createServer } from "node:https";
import { getRequestListener } from "@hono/node-server";
import { Hono } from "hono";
import { certificateAuthority, leafCertificate } from "../local/tenant/certificate.ts";

/*
 * What the tenant is compared with: the same server library with the same TLS, which answers JSON of the same size and does nothing
 * else: no authentication, no validation, no data.
 */

const one = {
  id: "org_0000000000000000",
  name: "company-000000",
  display_name: "Company 000000",
  metadata: { number: "0" },
  branding: {
    logo_url: "https://cdn.example.com/logo.png",
    colors: { primary: "#000000", page_background: "#ffffff" },
  },
};
const page = { organizations: Array.from({ length: 50 }, () => one), start: 0, limit: 50, total: 50 };

const app = new Hono();
app.get("/one", (context) => context.json(one));
app.get("/page", (context) => context.json(page));
app.post("/one", async (context) => context.json(await context.req.json(), 201));
app.delete("/one", (context) => context.body(null, 204));

const { certificate, key } = await leafCertificate(await certificateAuthority(process.env.CA_DIR ?? ""));
const server = createServer({ cert: certificate, key }, getRequestListener(app.fetch));
server.listen(Number(process.env.PORT), "127.0.0.1", () => {
  const bound = server.address();
  const port = typeof bound === "object" && bound !== null ? bound.port : 0;
  process.stdout.write(`listening on https://localhost:${port}\n`);
});
process.once("SIGTERM", () => process.exit(0));
