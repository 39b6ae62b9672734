import { setTimeout as sleep } from 'node:timers/promises';

const passingStatuses = [429, 502, 503, 504];
const repeatableMethods = ['GET', 'HEAD', 'PUT', 'DELETE'];
const firstBackoff = 250; // milliseconds, as all here
const longestBackoff = 8_000;
const longestWait = 60_000;

export type Fetch = (request: Request) => Promise<Response>;

/** Sends again what failed for a moment and can be repeated without being done twice. */
export function retrying(fetch: Fetch, retries: number): Fetch {
  return async (request) => {
    const repeatable = repeatableMethods.includes(request.method) || request.headers.has('Idempotency-Key');
    for (let tried = 0; ; tried++) {
      const last = !repeatable || tried >= retries;
      const response = await fetch(request.clone()).catch((error: unknown) => {
        if (last || request.signal.aborted) throw error;
      });
      if (response && (last || !(await isPassing(response)))) return response;
      const asked = retryAfter(response);
      if (response && asked > longestWait) return response;
      await response?.body?.cancel();
      const pause = asked + Math.random() * Math.min(longestBackoff, firstBackoff * 2 ** tried);
      await sleep(pause, undefined, { signal: request.signal }).catch(() => request.signal.throwIfAborted());
    }
  };
}

async function isPassing(response: Response): Promise<boolean> {
  if (response.status !== 409) return passingStatuses.includes(response.status);
  const problem = await response.clone().json().catch(() => undefined);
  return problem?.code === 'idempotency_in_progress';
}

function retryAfter(response: Response | void): number {
  const value = response?.headers.get('Retry-After');
  if (!value) return 0;
  const wait = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Math.max(0, wait || 0);
}
