import { randomUUID } from 'node:crypto';
import createClient, { type Client, type ClientPathsWithMethod, type MaybeOptionalInit, type MethodResponse } from 'openapi-fetch';
import { PatchbayError } from './error.js';
import { retrying, type Fetch } from './retry.js';
import { keyed, type paths } from './schema.js';

type Http = Client<paths, 'application/json'>;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathOf<M extends Method> = ClientPathsWithMethod<Http, M>;
type Init<P extends PathOf<M>, M extends Method> = MaybeOptionalInit<paths[P], M>;
type Arguments<P extends PathOf<M>, M extends Method> = undefined extends Init<P, M> ? [init?: Init<P, M>] : [init: Init<P, M>];
type Call<M extends Method> = <P extends PathOf<M>>(path: P, ...init: Arguments<P, M>) => Promise<MethodResponse<Http, M, P>>;

type Page<T> = { data: T[]; next_cursor: string | null; has_more: boolean };
type Item<P extends PathOf<'get'>> = MethodResponse<Http, 'get', P> extends Page<infer T> ? T : never;
type ListPath = { [P in PathOf<'get'>]: [Item<P>] extends [never] ? never : P }[PathOf<'get'>];

export interface PatchbayOptions {
  /** Where the hub is, without `/api`. */
  baseUrl: string;
  apiKey: string;
  /** In place of the global one: for proxies, tests. */
  fetch?: Fetch;
  /** How often a call is repeated that failed for a moment; 3 by default. */
  retries?: number;
}

/** The hub. Each call answers what the operation answers, or throws a PatchbayError. */
export class Patchbay {
  /** openapi-fetch's, with key and retries: for what the calls below leave out, such as the headers of an answer. */
  readonly client: Http;

  constructor({ baseUrl, apiKey, fetch = globalThis.fetch, retries = 3 }: PatchbayOptions) {
    if (!apiKey) throw new TypeError('apiKey is empty: give it a key of the hub, ba_live_... or ba_test_...');
    this.client = createClient({ baseUrl, headers: { Authorization: `Bearer ${apiKey.trim()}` }, fetch: retrying(fetch, retries) });
    this.client.use({
      onRequest({ request, schemaPath }) {
        if (keyed.has(`${request.method} ${schemaPath}`) && !request.headers.has('Idempotency-Key'))
          request.headers.set('Idempotency-Key', randomUUID());
      },
    });
  }

  readonly get: Call<'get'> = (path, ...init) => this.#send('get', path, init);
  readonly post: Call<'post'> = (path, ...init) => this.#send('post', path, init);
  readonly put: Call<'put'> = (path, ...init) => this.#send('put', path, init);
  readonly patch: Call<'patch'> = (path, ...init) => this.#send('patch', path, init);
  readonly delete: Call<'delete'> = (path, ...init) => this.#send('delete', path, init);

  /** All that a list has, page after page; `limit` is the size of a page. */
  async *list<P extends ListPath>(path: P, ...init: Arguments<P, 'get'>): AsyncGenerator<Item<P>, void> {
    const position = path === '/api/v1/events' ? 'after' : 'cursor';
    const options: { params?: { query?: Record<string, unknown> } } = init[0] ?? {};
    let query = options.params?.query;
    let page: Page<Item<P>>;
    do {
      page = await this.#send('get', path, [{ ...options, params: { ...options.params, query } }]);
      yield* page.data;
      query = { ...query, [position]: page.next_cursor };
    } while (page.has_more);
  }

  // The types are those of the calls above.
  async #send(method: Method, path: string, [init]: any[]): Promise<any> {
    const { data, error, response } = await (this.client.request as any)(method, path, init);
    if (!response.ok) throw new PatchbayError(response, error);
    return data;
  }
}
