/** Cookies that come along from an app's frame too: https://auth0.com/docs/manage-users/cookies/samesite-cookie-attribute-changes */
export const cookie = { path: "/", httpOnly: true, secure: true, sameSite: "None" } as const;
