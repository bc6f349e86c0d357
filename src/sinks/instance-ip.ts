/** The address by which the gateway sees this host. */

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { lookup } from 'node:dns/promises';
import { RttsharkError } from '../errors.ts';
import { parseGatewayUrl, shownUrl } from './gateway-url.ts';

/** Addresses for documentation: nobody has them, so that the way to them is the way to the world. */
const worldAddresses = [
  { address: '198.51.100.1', family: 4 },
  { address: '2001:db8::1', family: 6 },
];

/**
 * The grouping label `instance` with the local address that faces the gateway. Nothing is sent: the address is
 * the one that the system would send from.
 *
 * @param gatewayUrl - as for `pushToGateway`; without it, the address that faces the world
 * @throws RttsharkError `usage` for a wrong URL; `gateway_unreachable` where the gateway's name has no address, there
 *   is no way to it, or the address would be that of loopback though the gateway is not
 */
export async function instanceIpGroupingKey(gatewayUrl?: string): Promise<{ instance: string }> {
  if (gatewayUrl === undefined) return { instance: await facingTheWorld() };
  const url = parseGatewayUrl(gatewayUrl);
  const name = shownUrl(url);
  const target = await resolve(url, name);
  const instance = await localAddressTo(target, portOf(url)).catch((error: unknown) => {
    throw noAddress(`This host has no way to the gateway "${name}".`, error);
  });
  if (isLoopback(instance) && !isLoopback(target.address)) {
    throw noAddress(`The address of this host that faces the gateway "${name}" is its loopback address.`);
  }
  return { instance };
}

async function facingTheWorld(): Promise<string> {
  let reason: unknown;
  for (const target of worldAddresses) {
    try {
      const address = await localAddressTo(target, 9091);
      if (!isLoopback(address)) return address;
    } catch (error) {
      reason = error;
    }
  }
  throw noAddress('This host has no address that faces the world.', reason);
}

interface Target {
  readonly address: string;
  readonly family: number;
}

async function resolve(url: URL, name: string): Promise<Target> {
  try {
    return await lookup(url.hostname.replace(/^\[|\]$/g, ''));
  } catch (error) {
    throw noAddress(`The host of the gateway "${name}" has no address: its name is not known.`, error);
  }
}

async function localAddressTo({ address, family }: Target, port: number): Promise<string> {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  try {
    const connected = once(socket, 'connect');
    socket.connect(port, address);
    await connected;
    return socket.address().address;
  } finally {
    socket.close();
  }
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
}

/** This host itself; connecting to the unspecified address reaches it too. */
function isLoopback(address: string): boolean {
  return /^(?:::ffff:)?127\./.test(address) || ['::1', '::', '0.0.0.0'].includes(address);
}

function noAddress(message: string, reason?: unknown): RttsharkError {
  return new RttsharkError('gateway_unreachable', message, {
    detail: reason instanceof Error ? reason.message : undefined,
    hint: 'Give the label "instance" yourself.',
    cause: reason,
  });
}
