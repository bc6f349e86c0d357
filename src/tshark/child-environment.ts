/**
 * The environment for subprocesses: ours, without what is addressed to rttshark (secrets among it), and with
 * messages in English and numbers with a decimal point, since both are read here.
 */
export function childEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !name.toUpperCase().startsWith('RTTSHARK_')) kept[name] = value;
  }
  const { LC_ALL: all, ...others } = kept;
  return {
    ...others,
    ...(all === undefined ? {} : { LC_CTYPE: all }),
    LC_MESSAGES: 'C',
    LC_NUMERIC: 'C',
  };
}
