// hyparquet, under Node.
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import packages from '../package.json' with { type: 'json' }

const day = (date) => date.toISOString().replace('T00:00:00.000Z', '')
const kind = (value) => (Array.isArray(value) || value instanceof Date ? value.constructor.name : typeof value)
// JSON.stringify refuses a bigint: it is marked, and the mark is taken off with the quotes.
const marked = (value) =>
  typeof value === 'bigint' ? `\0${value}` : value instanceof Date ? day(value) : Array.isArray(value) ? value.map(marked) : (value ?? null)
const say = (said) => console.log(JSON.stringify(said).replace(/"\\u0000(-?\d+)"/g, '$1'))

say({ reader: `hyparquet ${packages.dependencies.hyparquet}` })
for (const path of process.argv.slice(2)) {
  const file = await asyncBufferFromFile(path)
  const rows = await parquetReadObjects({ file, compressors })
  for (const { element } of parquetSchema(await parquetMetadataAsync(file)).children) {
    const values = rows.map((row) => row[element.name])
    const type = [...new Set(values.filter((value) => value != null).map(kind))].join(' or ')
    say({ file: path, column: element.name, type, values: values.map(marked) })
  }
}
