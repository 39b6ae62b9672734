import type { components } from './schema.js';

type Problem = components['schemas']['Problem'];

/** What the hub refused, or could not do. Decide by `code`. */
export class PatchbayError extends Error {
  override readonly name = 'PatchbayError';
  readonly status: number;
  /** Stable word; undefined when something between here and the hub answered. */
  readonly code: string | undefined;
  /** Says what to do; may change. */
  readonly detail: string;
  /** Faults by field, when `code` is `validation_failed`. */
  readonly errors: Readonly<Record<string, string[]>>;
  /** Names the request in the hub's log. */
  readonly traceId: string | undefined;

  constructor(readonly response: Response, body: unknown) {
    const problem: Partial<Problem> = typeof body === 'object' && body !== null ? body : {};
    const detail = problem.detail ?? (String(body ?? '') || response.statusText);
    super(`${response.status} ${problem.code ?? ''}: ${detail}`.replace(' :', ':'));
    this.status = response.status;
    this.code = problem.code;
    this.detail = detail;
    this.errors = problem.errors ?? {};
    this.traceId = problem.trace_id;
  }
}
