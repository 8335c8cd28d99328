import Columnar
import Delimited
import Extract

/// A table read whole, in a form that can be compared.
struct TableReading: Equatable {
  /// The rows, each value as text, `nil` where there is none.
  var rows: [[String?]] = []
  var offsets: [Int64] = []
  var contents: [[UInt64]] = []
  /// Column and reason of rejected cells, by row of the table.
  var rejectedCells: [String] = []
  var rejectedRecords: [String] = []
  var sentinels: [Int] = []
  var blankLines = 0
  var strayQuotes = 0
  var records = 0
}

/// A digest that tests can tell from others: the hash of the text.
let testDigest: DigestFunction = { texts, validity in
  (0..<texts.count).map { row in
    validity?[row] == false ? .zero : Digest(KeyIndex.hash(texts.span(row)), 0, 0, 1)
  }
}

/// Reads bytes as a table of delimited text; all columns are wanted unless named.
func readTable(
  _ bytes: [UInt8], _ columns: [SourceColumn], format: DelimitedFormat = DelimitedFormat(),
  wanted: [String]? = nil, raw: [String] = [], blockSize: Int = 1 << 16
) throws -> TableReading {
  var splitter = try RecordSplitter(
    bytes: bytes, format: format, fieldCount: columns.count, blockSize: blockSize)
  let reader = CSVTableReader(
    format: format, header: splitter.header, columns: columns,
    wanted: wanted ?? columns.map(\.name), raw: raw,
    digests: Dictionary(uniqueKeysWithValues: columns.map { ($0.name, testDigest) }))
  var reading = TableReading(sentinels: columns.map { _ in 0 })
  while let chunk = try splitter.next() {
    let parsed = reader.parse(chunk)
    for rejection in parsed.rejectedCells {
      let name = columns[rejection.column].name
      reading.rejectedCells.append(
        "\(reading.rows.count + rejection.row) \(name) \(rejection.reason.rawValue)")
    }
    for row in 0..<parsed.batch.count {
      reading.rows.append(parsed.batch.columns.map { text($0, row) })
      reading.contents.append([parsed.content0[row], parsed.content1[row]])
    }
    reading.offsets += parsed.offsets
    reading.rejectedRecords += parsed.rejectedRecords.map { "\($0.offset) \($0.reason.code)" }
    for index in columns.indices { reading.sentinels[index] += parsed.sentinels[index] }
    reading.blankLines += parsed.blankLines
    reading.strayQuotes += parsed.strayQuotes
    reading.records += parsed.recordCount
  }
  return reading
}

func readTable(
  _ text: String, _ columns: [SourceColumn], format: DelimitedFormat = DelimitedFormat(),
  wanted: [String]? = nil, raw: [String] = [], blockSize: Int = 1 << 16
) throws -> TableReading {
  try readTable(
    Array(text.utf8), columns, format: format, wanted: wanted, raw: raw, blockSize: blockSize)
}

private func text(_ column: Column, _ row: Int) -> String? {
  guard column.isValid(row) else { return nil }
  switch column.values {
  case .lanes(let lanes): return String(lanes[row])
  case .doubles(let doubles): return String(doubles[row])
  case .text(let texts): return texts[row]
  case .digests(let digests): return String(digests[row].word0)
  }
}
