import { expect } from 'chai';
import { section, tableRows } from './markdown.ts';
import { projectText } from './project-files.ts';

/** What pyshark's classes, their constructors, their methods and its packets have. */
const known = {
  Classes: 'FileCapture LiveCapture LiveRingCapture RemoteCapture PipeCapture InMemCapture',
  Parameters:
    'input_file interface bpf_filter capture_filter display_filter only_summaries decryption_key encryption_type ' +
    'output_file decode_as disable_protocol tshark_path override_prefs monitor_mode ring_file_size num_ring_files ' +
    'ring_file_name remote_host remote_interface remote_port pipe linktype keep_packets debug',
  Methods:
    'sniff sniff_continuously load_packets apply_on_packets packets_from_tshark next next_packet reset clear close ' +
    'close_async set_debug parse_packet parse_packets feed_packet feed_packets',
  'A packet':
    'get_field get_field_value int_value hex_value binary_value all_fields get_multiple_layers number length ' +
    'captured_length sniff_time sniff_timestamp interface_captured frame_info layers highest_layer transport_layer',
  'What has no equivalent':
    'use_json use_ek include_raw get_raw_packet eventloop custom_parameters show pretty_print',
};

describe('docs/from-pyshark.md', () => {
  const page = projectText('docs/from-pyshark.md');
  const tests = Array.from(
    projectText('test/packets/from-pyshark.test.ts').matchAll(/^ {2}it\('([^']+)'/gm),
    ([, title = '']) => title,
  );
  const rowsOf = (heading: string): string[][] => tableRows(section(page, heading) ?? '');

  for (const [heading, names] of Object.entries(known)) {
    it(`has a row for each name: ${heading}`, () => {
      const documented = rowsOf(heading).flatMap(([first = '']) =>
        Array.from(first.matchAll(/`([^`]+)`/g), ([, name = '']) => name),
      );
      expect(documented).to.include.members(names.split(' '));
    });
  }

  it('names in each row a test that there is, and every one of them', () => {
    const headings = ['Classes', 'Parameters', 'Methods', 'A packet', "What pyshark's users complain of"];
    const named = headings.flatMap((heading) => rowsOf(heading).map(([, , test = '']) => test));
    expect(named).to.have.length.above(60);
    expect(named.filter((name) => !tests.includes(name))).to.deep.equal([]);
    expect(tests.filter((title) => !named.includes(title))).to.deep.equal([]);
  });
});
