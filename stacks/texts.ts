/**
 * Words of the login pages that are not Auth0's own, by prompt and screen:
 * https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements
 */
export const loginTexts = {
  "login-id": {
    "login-id": {
      title: "Sign in",
      description: "Enter your e-mail address. If your company has a sign-in of its own, you go there next.",
    },
  },
  organizations: {
    "organization-selection": {
      description: "Enter your work e-mail address or the name of your company.",
    },
    "organization-picker": {
      title: "For whom?",
      description: "Choose the company that you want to work for now.",
    },
  },
} as const;
