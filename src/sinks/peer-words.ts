/** What messages say of the server that is spoken with. */
export interface PeerWords {
  /** Stands before its address: `gateway`. */
  readonly noun: string;
  /** What to do about an answer of 400, of 404 or 405, and of 413. */
  readonly hints: {
    readonly badRequest: string;
    readonly notFound: string;
    readonly tooLarge: string;
  };
}

export const gatewayWords: PeerWords = {
  noun: 'gateway',
  hints: {
    badRequest:
      'Sending the same again will not help. Metrics of one name must have one type and help text on the whole ' +
      'gateway; a Pushgateway before 1.5 does not understand gzip.',
    notFound: 'Is this the address of a Pushgateway, with the prefix of its path if it has one?',
    tooLarge: 'Push fewer series, or allow larger requests in the proxy before the gateway.',
  },
};

export const receiverWords: PeerWords = {
  noun: 'remote-write receiver',
  hints: {
    badRequest:
      'Sending the same again will not help. Samples must be newer than those that the receiver has of the same ' +
      'series: does somebody else write them too, or are the times those of an old capture?',
    notFound:
      'Is this the whole address, with its path? A Prometheus needs --web.enable-remote-write-receiver to take writes.',
    tooLarge: 'Allow larger requests in the receiver, or in the proxy before it.',
  },
};
