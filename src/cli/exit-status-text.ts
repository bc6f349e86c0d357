/** The end of every help page. */
export const exitStatusText = `Exit status: 0 done; 1 a bug; 2 wrong usage; 3 a check failed; 20, 21 tshark not found, \
too old; 22 input unreadable; 23 filter or field not valid; 24 capturing failed; 25 tshark died; 26 input cut short or \
damaged (results up to there were delivered); 31 no samples, where required; 40-44 gateway unreachable, timed out, TLS, \
credentials refused, data refused; 130, 143 interrupted, terminated.`;
