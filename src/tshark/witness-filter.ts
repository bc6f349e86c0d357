/** What decides how a capture on an interface is counted. */
export interface CountedInterface {
  readonly interface: string;
  readonly filter?: string | undefined;
  /** Whether the interface is the loopback. */
  readonly loopback: boolean;
  /** The loopback's number in the kernel; null where there is none. */
  readonly loopbackIndex: number | null;
}

/**
 * Which packets the kernel has to count so that they are those of a capture. Pure. On the loopback each packet passes
 * twice; the capturing program drops the outgoing one, but the kernel counts both.
 */
export function witnessFilter(counted: CountedInterface): {
  filter: string | undefined;
  linkType: string | undefined;
} {
  const { filter, loopbackIndex } = counted;
  const and = (condition: string) => (filter === undefined ? condition : `(${condition}) and (${filter})`);
  if (counted.loopback) return { filter: and('inbound'), linkType: undefined };
  if (counted.interface !== 'any' || loopbackIndex === null) return { filter, linkType: undefined };
  // Only this link type has the interface's number.
  return { filter: and(`not (outbound and ifindex ${loopbackIndex})`), linkType: 'LINUX_SLL2' };
}
