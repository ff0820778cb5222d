import type { Strategy } from "./strategies.ts";

const EVERY_LOGIN = "on_each_login";

/** Root attributes are taken over at each login when nothing is said of them: so that is neither sent nor asked for. */
export const rootAttributes: Required<Pick<Strategy, "sent" | "received">> = {
  sent: ({ set_user_root_attributes: attributes, ...rest }) =>
    attributes === undefined || attributes === EVERY_LOGIN ? rest : { ...rest, set_user_root_attributes: attributes },
  received: (options) => ({
    ...options,
    set_user_root_attributes: options.set_user_root_attributes || EVERY_LOGIN,
  }),
};
