import type { ChainEvent, FollowReason } from '../capture/generation-chain.ts';
import type { LiveEvent } from './live-event.ts';
import { reasonOf } from './restart-reasons.ts';

/** What the log says of the tsharks that follow each other. Pure. */
export function chainEventText(event: ChainEvent): LiveEvent {
  switch (event.kind) {
    case 'generation_started': {
      const { generation, why, shards } = event;
      const message = `tshark ${generation} was started: the one before it ${followReasons[why]}.`;
      return { level: 'debug', event: event.kind, message, fields: { generation, why, shards } };
    }
    case 'sharing_ended': {
      const { reason } = event;
      const message = `One tshark reads all packets from here on: ${reason}.`;
      return { level: 'info', event: event.kind, message, fields: { reason } };
    }
    case 'generation_followed': {
      const { generation, differences } = event;
      const fields = { generation, differences };
      if (differences === 0) {
        const message = `tshark ${generation} took over; both gave the same rows.`;
        return { level: 'debug', event: event.kind, message, fields };
      }
      const message = `tshark ${generation} took over, though both did not agree in ${differences} rows. A longer --overlap can help.`;
      return { level: 'warn', event: event.kind, message, fields };
    }
    case 'tshark_died': {
      const { reason, words } = reasonOf(event.ending, event.hung);
      const fields = {
        reason,
        detail: words,
        ...(event.pauseMs === null ? {} : { pause_ms: event.pauseMs }),
      };
      const message = `tshark died (${reason}).`;
      return { level: 'warn', event: event.kind, message, fields };
    }
    case 'tshark_restarted': {
      const { afterMs, lostPackets } = event;
      const fields = { gap_ms: Math.round(afterMs), lost_packets: lostPackets };
      if (lostPackets > 0) {
        const message = `tshark was started again. ${lostPackets} packets were left out, because tshark died of them again and again.`;
        return { level: 'error', event: event.kind, message, fields };
      }
      const message = 'tshark was started again, with the packets that the one before had not finished.';
      return { level: 'info', event: event.kind, message, fields };
    }
    case 'tshark_not_started': {
      const detail = event.error instanceof Error ? event.error.message : String(event.error);
      const fields = { detail, pause_ms: event.pauseMs };
      return { level: 'error', event: event.kind, message: 'tshark could not be started.', fields };
    }
    case 'packets_given_up': {
      const { lostPackets } = event;
      const message = `tshark died again and again: the last ${lostPackets} packets are left out.`;
      return { level: 'error', event: event.kind, message, fields: { lost_packets: lostPackets } };
    }
  }
}

const followReasons: Readonly<Record<FollowReason, string>> = {
  packets: 'has seen enough packets',
  memory: 'holds enough memory',
  shards: 'is to be relieved by several that share the packets',
};
