/** Root hooks: loaded before every test file. */
process.env['FORCE_COLOR'] = '0';
