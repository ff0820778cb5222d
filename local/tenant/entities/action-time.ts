/** The present to the nanosecond, as the Actions service writes it: `2026-05-29T10:45:58.888947671Z`. */
export function actionTime(): string {
  const fraction = String(process.hrtime.bigint() % 1_000_000n).padStart(6, "0");
  return new Date().toISOString().replace("Z", `${fraction}Z`);
}
