import { strict } from "./strict.ts";
import { colour, httpsUrl } from "./values.ts";

/** How login pages look. */
export const branding = strict({
  logoUrl: httpsUrl.describe("The https URL of the logo."),
  primaryColor: colour.describe('The colour of buttons and links, such as "#1f6feb".'),
  backgroundColor: colour.describe('The colour behind the page, such as "#ffffff".'),
});
