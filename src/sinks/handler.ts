/** What a push sends and gets, and the function that carries it: the seam where authentication is added. */

/** Text or bytes in PEM format. */
export type Pem = string | Uint8Array;

/** How to speak TLS with a gateway. What is left out is Node's default. */
export interface TlsOptions {
  /** The authorities to trust, in place of the system's. */
  readonly ca?: Pem | undefined;
  /** The certificate that rttshark shows, with its chain. Needs `key`. */
  readonly cert?: Pem | undefined;
  /** The private key of `cert`. */
  readonly key?: Pem | undefined;
  /** The passphrase of `key`, if it is encrypted. */
  readonly passphrase?: string | undefined;
  /** The name to ask for and to find in the server's certificate, in place of the URL's host. */
  readonly serverName?: string | undefined;
  /** True accepts any certificate: whoever is in between can then read and change everything. Default false. */
  readonly skipVerify?: boolean | undefined;
}

/** One request to a gateway. */
export interface GatewayRequest {
  readonly url: URL;
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
  /** Aborts when the time is up or the caller gives up. */
  readonly signal: AbortSignal;
  readonly tls?: TlsOptions | undefined;
  /** `follow` keeps method and body; `refuse` returns the 3xx answer as it is. */
  readonly redirect: 'refuse' | 'follow';
}

/** What the gateway answered, whatever its status. */
export interface GatewayResponse {
  readonly status: number;
  /** Names in lower case; several values of one name are joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** The beginning of the body, as text. */
  readonly body: string;
  /** Which URL answered, where redirects were followed. */
  readonly url?: URL | undefined;
  /** Whether the request that was answered carried an Authorization header. Unknown where left out. */
  readonly sentCredentials?: boolean | undefined;
}

/**
 * Carries one request. Returns the answer whatever its status, and rejects with what the network said where there
 * is none: an error with one of Node's or undici's `code`s (on itself or down its `cause`s) is explained to the
 * user and retried where that can help, any other error is passed on as it is.
 *
 * The handlers of this library wrap each other: `tlsAuthHandler(tls, basicAuthHandler(credentials))` does both, and
 * a function of your own can stand in any place.
 */
export type GatewayHandler = (request: GatewayRequest) => Promise<GatewayResponse>;
