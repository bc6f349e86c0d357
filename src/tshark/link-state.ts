import { readFileSync } from 'node:fs';

export type LinkState = 'up' | 'down' | 'unknown';

/** What Linux tells of an interface in /sys/class/net; undefined where it tells nothing. */
export interface LinkFiles {
  /** `up`, `down`, `lowerlayerdown`, `dormant`, `unknown`, … */
  readonly operstate: string | undefined;
  /** `1` or `0`; not to be read where the interface is switched off. */
  readonly carrier: string | undefined;
}

/** Whether packets can come. Pure. The loopback and tunnels do not know their state, but have a carrier where they are up. */
export function linkStateOf({ operstate, carrier }: LinkFiles): LinkState {
  if (operstate === undefined) return 'unknown';
  if (operstate === 'up') return 'up';
  if (operstate === 'unknown') return carrier === '1' ? 'up' : carrier === '0' ? 'down' : 'unknown';
  return operstate === 'testing' ? 'unknown' : 'down';
}

/** The state of an interface of this machine; `unknown` for what is no network interface, and beyond Linux. */
export function linkState(name: string): LinkState {
  const read = (file: string): string | undefined => {
    try {
      return readFileSync(`/sys/class/net/${name}/${file}`, 'utf8').trim();
    } catch {
      return undefined;
    }
  };
  if (name.includes('/') || name.startsWith('.')) return 'unknown';
  return linkStateOf({ operstate: read('operstate'), carrier: read('carrier') });
}
