import type { LiveStatus } from '../measure/live-status.ts';
import type { LiveEvent } from './live-event.ts';

/** What is worth a warning when an interval is over: each thing when it is new. Pure but for what it remembers. */
export class LiveWarnings {
  #dropped = 0;
  #toldOfOther = false;

  of(status: LiveStatus): LiveEvent[] {
    return [this.#drops(status), this.#other(status)].filter((event) => event !== null);
  }

  #drops({ sources }: LiveStatus): LiveEvent | null {
    const total = sources.reduce((sum, { dropped: by }) => sum + by.kernel + by.program + by.interface, 0);
    const packets = total - this.#dropped;
    if (packets <= 0) return null;
    this.#dropped = total;
    const what = packets === 1 ? '1 packet was dropped: it' : `${packets} packets were dropped: they`;
    return {
      level: 'warn',
      event: 'packets_dropped',
      message: `${what} came faster than read. Capture less (-f, --sample, -s), or let the kernel hold more (-B).`,
      fields: { packets, total },
    };
  }

  #other({ samplesInOther, maxGroups }: LiveStatus): LiveEvent | null {
    if (samplesInOther === 0 || this.#toldOfOther) return null;
    this.#toldOfOther = true;
    return {
      level: 'warn',
      event: 'too_many_groups',
      message: `There are more than ${maxGroups} groups: the samples of further ones are counted under "other". Let there be more (--max-groups), or group by network (--prefix).`,
      fields: { max_groups: maxGroups },
    };
  }
}
