import { invalid } from "./refusals.ts";
import { singleton } from "./singleton.ts";
import { sdk } from "./tenant.ts";

const { settings } = sdk.riskAssessments;

singleton({
  family: "risk assessments",
  get: () => settings.get(),
  initial: { enabled: false },
  update: () => settings.update({ enabled: true }),
  changes: { enabled: true },
  invalid: {
    send: () => settings.update({ enabled: JSON.parse('"yes"') }),
    refused: invalid("Expected type boolean but found type string", "enabled"),
  },
});

singleton({
  family: "risk assessments of new devices",
  get: () => settings.newDevice.get(),
  initial: { remember_for: 30 },
  update: () => settings.newDevice.update({ remember_for: 7 }),
  changes: { remember_for: 7 },
  invalid: {
    send: () => settings.newDevice.update({ remember_for: 366 }),
    refused: invalid("Value 366 is greater than maximum 365", "remember_for"),
  },
});
