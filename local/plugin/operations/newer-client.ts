import { ApiError, type ManagementApi } from "../management.ts";

/** A refusal that is shown as the API wrote it. */
class VerbatimError extends ApiError {
  constructor({ status, text }: ApiError) {
    super(status, "", "", text);
    this.message = `${status}: ${text}`;
  }
}

/** Attempts of the newer client, each with all the repetitions of the older one. */
const ATTEMPTS = 2;

/**
 * A request by the newer one of the provider's two clients of the API, which only a few operations use. Where the server
 * fails for good it starts once more from the beginning, and it shows a refusal as it came.
 */
export async function byNewerClient<T>(api: ManagementApi, send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const mayPass = error.status === 408 || error.status >= 500;
      if (mayPass) await api.pause(1000 * attempt); // the last time too
      if (!mayPass || attempt === ATTEMPTS) throw new VerbatimError(error);
    }
  }
}
