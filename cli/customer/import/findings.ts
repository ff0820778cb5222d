/** What is learnt of a company on the way from the tenant to its entry. */
export class Findings {
  /** Why no entry can be written. */
  readonly faults: string[] = [];
  /** What no entry says, and what becomes of it. */
  readonly notes: string[] = [];

  /** Places of the entry of which a fault says enough. */
  readonly covered: string[] = [];

  fault(place: string, message: string, covers: readonly string[] = []): void {
    this.faults.push(`${place}: ${message}`);
    this.covered.push(...covers);
  }

  note(place: string, message: string): void {
    this.notes.push(`${place}: ${message}`);
  }
}
