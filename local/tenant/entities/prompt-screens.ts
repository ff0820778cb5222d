/** The screens of every prompt: https://auth0.com/docs/customize/login-pages/universal-login/customize-text-elements */
export const screens: { readonly [prompt: string]: readonly string[] } = {
  login: ["login"],
  "login-id": ["login-id"],
  "login-password": ["login-password"],
  "login-passwordless": [
    "login-passwordless-email-code",
    "login-passwordless-email-link",
    "login-passwordless-sms-otp",
  ],
  "login-email-verification": ["login-email-verification"],
  signup: ["signup"],
  "signup-id": ["signup-id"],
  "signup-password": ["signup-password"],
  "phone-identifier-enrollment": ["phone-identifier-enrollment"],
  "phone-identifier-challenge": ["phone-identifier-challenge"],
  "email-identifier-challenge": ["email-identifier-challenge"],
  "reset-password": [
    ...["request", "email"].map(reset),
    "reset-password",
    ...["success", "error", "mfa-email-challenge", "mfa-otp-challenge", "mfa-phone-challenge"].map(reset),
    ...["mfa-push-challenge-push", "mfa-recovery-code-challenge", "mfa-sms-challenge", "mfa-voice-challenge"].map(
      reset,
    ),
    ...["mfa-webauthn-platform-challenge", "mfa-webauthn-roaming-challenge"].map(reset),
  ],
  "custom-form": ["custom-form"],
  consent: ["consent"],
  "customized-consent": ["customized-consent"],
  logout: ["logout", "logout-complete", "logout-aborted"],
  "mfa-push": ["welcome", "enrollment-qr", "enrollment-code", "success", "challenge-push", "list"].map(
    (step) => `mfa-push-${step}`,
  ),
  "mfa-otp": ["mfa-otp-enrollment-qr", "mfa-otp-enrollment-code", "mfa-otp-challenge"],
  "mfa-voice": ["mfa-voice-enrollment", "mfa-voice-challenge"],
  "mfa-phone": ["mfa-phone-challenge", "mfa-phone-enrollment"],
  "mfa-webauthn": [
    ...["platform-enrollment", "roaming-enrollment", "platform-challenge", "roaming-challenge"].map(webauthn),
    ...["change-key-nickname", "enrollment-success", "error", "not-available-error"].map(webauthn),
  ],
  "mfa-sms": ["mfa-country-codes", "mfa-sms-enrollment", "mfa-sms-challenge", "mfa-sms-list"],
  "mfa-email": ["mfa-email-challenge", "mfa-email-list"],
  "mfa-recovery-code": [
    ...["mfa-recovery-code-enrollment", "mfa-recovery-code-challenge-new-code", "mfa-recovery-code-challenge"],
  ],
  mfa: ["mfa-detect-browser-capabilities", "mfa-enroll-result", "mfa-login-options", "mfa-begin-enroll-options"],
  status: ["status"],
  "device-flow": [
    ...["device-code-activation", "device-code-activation-allowed", "device-code-activation-denied"],
    "device-code-confirmation",
  ],
  "email-verification": ["email-verification-result"],
  "email-otp-challenge": ["email-otp-challenge"],
  organizations: ["organization-selection", "organization-picker", "pre-login-organization-picker"],
  invitation: ["accept-invitation"],
  common: ["redeem-ticket"],
  passkeys: ["passkey-enrollment", "passkey-enrollment-local"],
  captcha: ["interstitial-captcha"],
  "brute-force-protection": ["unblock", "unblock-success", "unblock-failure"].map(
    (step) => `brute-force-protection-${step}`,
  ),
  "async-approval-flow": ["error", "accepted", "denied", "wrong-user"].map((step) => `async-approval-${step}`),
};

function reset(step: string): string {
  return `reset-password-${step}`;
}

function webauthn(step: string): string {
  return `mfa-webauthn-${step}`;
}
