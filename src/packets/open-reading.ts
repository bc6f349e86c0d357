import { BulkReading } from './bulk-reading.ts';
import type { CaptureOptions } from './capture-options.ts';
import type { CapturePlan } from './capture-plan.ts';
import { isLive } from './capture-source.ts';
import type { PacketReading } from './packet-reading.ts';

/**
 * Makes what reads a source, checked as far as can be checked before it begins; nothing of it runs yet.
 *
 * @throws RttsharkError `usage`, `filter_invalid`, `capture_failed`, `tshark_not_found`
 */
export async function openReading(
  { input, filter, packetCount, memoryBytes }: CaptureOptions,
  { columns, request }: CapturePlan,
): Promise<PacketReading> {
  if (!isLive(input)) return new BulkReading(input, request, { filter, memoryBytes });
  // Who reads files needs nothing of what live captures are made of.
  const { planLive } = await import('./live-plan.ts');
  const { LiveReading } = await import('./live-reading.ts');
  const plan = await planLive({ input, filter, packetCount }, { columns, request });
  return new LiveReading(plan, columns.read);
}
