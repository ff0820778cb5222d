import { mails } from "../../tenant/entities/mail.ts";
import { textAt } from "../../tenant/management/json.ts";
import type { Objects } from "../../tenant/management/objects.ts";
import { webAddress } from "./apps.ts";

/** A mail that would have been sent. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  /** Undefined where what it holds is no address of the web. */
  readonly link: string | undefined;
}

/** The newest first. */
export function mailsOf(objects: Objects): Mail[] {
  return mails(objects)
    .map((body) => ({
      to: textAt(body, "to") ?? "",
      subject: textAt(body, "subject") ?? "",
      time: textAt(body, "created_at") ?? "",
      link: webAddress(textAt(body, "link")),
    }))
    .reverse();
}
