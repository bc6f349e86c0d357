/** What decides whether a user may capture, as far as it can be seen. */
export interface PermissionFacts {
  readonly platform: NodeJS.Platform;
  /** Path of dumpcap. */
  readonly dumpcap: string;
  /** Its permission bits, as in 0o750. */
  readonly mode: number;
  readonly ownerUid: number;
  /** The group that owns it. */
  readonly group: { readonly gid: number; readonly name: string | null };
  /** Whether it has the capabilities for capturing; null where that cannot be read. */
  readonly capabilities: boolean | null;
  readonly user: {
    readonly uid: number;
    /** Null for a user without an entry. */
    readonly name: string | null;
    /** Of this process. */
    readonly gids: readonly number[];
    /** Whether the system's list of groups has the user in dumpcap's group. */
    readonly inGroup: boolean;
  };
}

/** Why a user may not capture, and how to mend it, as sentences. */
export interface PermissionAdvice {
  readonly why: string;
  readonly hint: string;
}

/** Why this user may not capture here, found out after it was refused. Pure. */
export function permissionAdvice(facts: PermissionFacts): PermissionAdvice {
  const { platform, dumpcap, user, capabilities, mode } = facts;
  if (platform !== 'linux') return { why: 'This user may not capture.', hint: permissionHint(platform) };
  if (!mayRun(facts)) return mayNotRun(facts);
  if (user.uid === 0) {
    return {
      why: 'root itself may not capture here.',
      hint: 'A container needs the capabilities for it: "--cap-add=NET_RAW --cap-add=NET_ADMIN"; a systemd unit needs CAP_NET_RAW in its CapabilityBoundingSet.',
    };
  }
  const isSetuidRoot = (mode & 0o4000) !== 0 && facts.ownerUid === 0;
  if (capabilities === false && !isSetuidRoot) {
    return { why: `"${dumpcap}" has no capabilities.`, hint: `${setcapHint(dumpcap)}${debianHint(dumpcap)}` };
  }
  if (capabilities === null && !isSetuidRoot) {
    return {
      why: `"${dumpcap}" may be run by this user, but not capture.`,
      hint: `Look with "getcap ${dumpcap}"; without capabilities: ${setcapHint(dumpcap)}${debianHint(dumpcap)}`,
    };
  }
  return {
    why: `"${dumpcap}" has what it needs, but this process may gain no privileges.`,
    hint: 'NoNewPrivileges= of a systemd unit, a file system mounted with "nosuid" and a container without CAP_NET_RAW and CAP_NET_ADMIN take them away: give the unit AmbientCapabilities=CAP_NET_RAW CAP_NET_ADMIN, or the container these capabilities.',
  };
}

/** Whether the permission bits let this user run dumpcap. */
function mayRun({ mode, ownerUid, group, user }: PermissionFacts): boolean {
  if (user.uid === 0) return (mode & 0o111) !== 0;
  if (user.uid === ownerUid) return (mode & 0o100) !== 0;
  return (mode & (user.gids.includes(group.gid) ? 0o010 : 0o001)) !== 0;
}

function mayNotRun({ dumpcap, mode, group, user }: PermissionFacts): PermissionAdvice {
  const isForGroup = (mode & 0o010) !== 0 && group.gid !== 0 && !user.gids.includes(group.gid);
  if (!isForGroup) {
    return {
      why: `"${dumpcap}" may not be run by this user.`,
      hint: `Let a group run it: "sudo chgrp wireshark ${dumpcap}", "sudo chmod 750 ${dumpcap}", then ${setcapHint(dumpcap, true)}`,
    };
  }
  const name = group.name ?? group.gid.toString();
  if (user.inGroup) {
    return {
      why: `"${dumpcap}" may be run by the group "${name}". This user is in it, but this session began before.`,
      hint: `Log in again, or run "newgrp ${name}" first.`,
    };
  }
  return {
    why: `"${dumpcap}" may be run by the group "${name}", and this user is not in it.`,
    hint: `Add yourself: "sudo usermod -aG ${name} ${user.name ?? '$USER'}", then log in again.`,
  };
}

function setcapHint(dumpcap: string, within = false): string {
  const command = `"sudo setcap cap_net_raw,cap_net_admin=eip ${dumpcap}".`;
  return within ? command : `Give it what it needs: ${command}`;
}

function debianHint(dumpcap: string): string {
  return dumpcap === '/usr/bin/dumpcap'
    ? ' On Debian and Ubuntu "sudo dpkg-reconfigure wireshark-common" does that, and lets the group "wireshark" capture.'
    : '';
}

/** How a user is allowed to capture, where nothing more is known than the platform. */
export function permissionHint(platform: NodeJS.Platform): string {
  switch (platform) {
    case 'darwin':
      return 'Install ChmodBPF, which comes with Wireshark for macOS, and log in again.';
    case 'win32':
      return 'Install Npcap, which comes with Wireshark, and allow it for all users.';
    default:
      return 'Let the group of dumpcap capture: "sudo dpkg-reconfigure wireshark-common" (Debian, Ubuntu), then "sudo usermod -aG wireshark $USER", and log in again.';
  }
}
