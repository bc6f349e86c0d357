import { expect } from 'chai';
import {
  asAsked,
  fieldSchema,
  type FieldList,
  type FieldSchemaOptions,
} from '../../src/capture/field-schema.ts';
import { RttsharkError } from '../../src/errors.ts';
import { columnOf } from '../../src/table/column-builder.ts';
import { Table } from '../../src/table/table.ts';
import { loadFieldCatalogue } from '../../src/tshark/field-catalogue.ts';
import { findTshark } from '../../src/tshark/find-tools.ts';

async function schemaOf(fields: FieldList, options?: FieldSchemaOptions) {
  return await fieldSchema(await findTshark(), fields, options);
}

async function failure(fields: FieldList, options?: FieldSchemaOptions): Promise<RttsharkError> {
  const error: unknown = await schemaOf(fields, options).catch((reason: unknown) => reason);
  if (error instanceof RttsharkError) return error;
  throw new Error('nothing failed', { cause: error });
}

describe('the schema of fields', () => {
  it('has the columns in the order in which they are asked for, under names of their own', async () => {
    const fields = [{ name: 'src', field: 'ip.src' }, 'tcp.len', { name: 'from', field: 'ip.src' }];
    const { columns, schema, read } = await schemaOf(fields);
    expect(Object.entries(schema)).to.deep.equal([
      ['src', 'text'],
      ['tcp.len', 'uint32'],
      ['from', 'text'],
    ]);
    expect(read).to.deep.equal({ 'ip.src': 'text', 'tcp.len': 'uint32' });
    expect(columns[0]).to.deep.equal({ name: 'src', field: 'ip.src', fieldType: 'FT_IPv4', type: 'text' });
    const asRead = new Table({
      'ip.src': columnOf('text', ['10.0.0.1']),
      'tcp.len': columnOf('uint32', [7]),
    });
    expect(asAsked({ columns, schema, read }, asRead).toObjects()).to.deep.equal([
      { src: '10.0.0.1', 'tcp.len': 7, from: '10.0.0.1' },
    ]);
  });

  it('takes a form of names for all such fields in the order of the catalogue, but what has a place of its own', async () => {
    const { schema, columns } = await schemaOf(['udp.*', 'udp.length']);
    const names = Object.keys(schema);
    const catalogue = await loadFieldCatalogue(await findTshark());
    const known = [...catalogue.names()].filter((name) => name.startsWith('udp.') && name !== 'udp.length');
    expect(names).to.deep.equal([...known, 'udp.length']);
    expect(columns.length).to.equal(names.length);
  });

  it('is of lists, of durations, and of declared types where these are wanted', async () => {
    const fields = ['tcp.port', 'tcp.time_delta', 'my.own'];
    const declared = { 'my.own': 'int64', 'tcp.port': 'text' } as const;
    expect((await schemaOf(fields, { declared, relativeTime: 'nanoseconds' })).schema).to.deep.equal({
      'tcp.port': 'text',
      'tcp.time_delta': 'duration',
      'my.own': 'int64',
    });
    expect((await schemaOf(fields, { declared, occurrence: 'all' })).schema).to.deep.equal({
      'tcp.port': 'list<text>',
      'tcp.time_delta': 'list<float64>',
      'my.own': 'list<int64>',
    });
  });

  it('refuses what tshark does not know, with what is near', async () => {
    expect(await failure(['tcp.srcprt']))
      .to.include({ code: 'filter_invalid' })
      .and.to.have.property('hint')
      .that.includes('"tcp.srcport"');
    expect(await failure(['tpc.*'])).to.include({ code: 'filter_invalid' });
    expect((await schemaOf(['my.own'], { mayDeclareMore: true })).schema).to.deep.equal({ 'my.own': 'text' });
  });

  it('refuses two columns of one name, a form with a name, and nothing at all', async () => {
    for (const fields of [['tcp.len', 'tcp.len'], [{ name: 'x', field: 'tcp.*' }], []] satisfies FieldList[])
      expect(await failure(fields)).to.include({ code: 'usage' });
  });
});
