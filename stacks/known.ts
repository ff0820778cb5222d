import * as pulumi from "@pulumi/pulumi";

/**
 * Waits until all of them are known: an order that the program keeps by itself, in previews too, and that no state remembers.
 * @param values of which none is unknown in a preview, such as URNs
 */
export function known(values: readonly pulumi.Output<unknown>[]): Promise<void> {
  return new Promise((settle) => {
    pulumi.all([...values]).apply(() => settle());
  });
}
