internal import Columnar
internal import Delimited
public import Engine

/// The records of a chunk, as the texts of their cells: what a reader gives.
///
/// Écluse makes the values, the digests of keys and identifiers, and the hashes of records itself, as
/// it does for CSV. A cell that is not set is the empty text, which means NULL unless the pipeline
/// says otherwise under `nulls:`. A cell that is not UTF-8 is refused as such.
public struct Records: Sendable {
  /// The columns of the table, by their names in the source (`header:`), in the order declared.
  public let columns: [String]
  private var bytes: [UInt8] = []
  private var starts: [UInt32] = []
  private var ends: [UInt32] = []
  private var offsets: [Int64] = []
  /// The records refused, by where they begin.
  public private(set) var refused: [(offset: Int64, reason: ReasonCode)] = []
  private(set) var notes: [String: Int] = [:]
  /// Where the last record began; records ascend.
  private var last: Int64 = -1
  private(set) var isInOrder = true

  init(columns: [String]) { self.columns = columns }

  /// Begins a record, whose cells are all empty.
  ///
  /// - Parameter offset: the place of its first byte in the part, more than that of the record
  ///   before: ids of records and places in reports follow from it.
  public mutating func begin(at offset: Int64) {
    pass(offset)
    offsets.append(offset)
    starts.append(contentsOf: repeatElement(0, count: columns.count))
    ends.append(contentsOf: repeatElement(0, count: columns.count))
  }

  /// Sets a cell of the record begun last; the last text set counts.
  ///
  /// - Parameters:
  ///   - column: the position of the column in `columns`.
  ///   - text: UTF-8.
  public mutating func set(_ column: Int, _ text: Span<UInt8>) {
    let cell = cell(column)
    starts[cell] = UInt32(bytes.count)
    for index in text.indices { bytes.append(text[index]) }
    ends[cell] = UInt32(bytes.count)
  }

  /// Sets a cell of the record begun last; the last text set counts.
  public mutating func set(_ column: Int, _ text: String) {
    let cell = cell(column)
    starts[cell] = UInt32(bytes.count)
    bytes.append(contentsOf: text.utf8)
    ends[cell] = UInt32(bytes.count)
  }

  /// Takes back the record begun last, which turned out to be none, and refuses it.
  public mutating func refuse(_ reason: ReasonCode) {
    precondition(!offsets.isEmpty, "no record was begun")
    refused.append((offsets.removeLast(), reason))
    starts.removeLast(columns.count)
    ends.removeLast(columns.count)
  }

  /// Counts what was seen besides records.
  mutating func note(_ what: String, _ count: Int) {
    if count > 0 { notes[what, default: 0] += count }
  }

  private func cell(_ column: Int) -> Int {
    precondition(!offsets.isEmpty, "no record was begun")
    precondition(columns.indices.contains(column), "no such column")
    return (offsets.count - 1) * columns.count + column
  }

  /// The number of records, without those refused.
  public var count: Int { offsets.count }

  /// The text of a cell: for tests.
  public subscript(record: Int, column: Int) -> String {
    let cell = record * columns.count + column
    return String(decoding: bytes[Int(starts[cell])..<Int(ends[cell])], as: UTF8.self)
  }

  private mutating func pass(_ offset: Int64) {
    if offset <= last { isInOrder = false }
    last = offset
  }

  /// The cells, for the reading of values.
  consuming func tokens() -> Tokens {
    Tokens(
      bytes: bytes, starts: starts, ends: ends, fieldCount: columns.count, offsets: offsets)
  }
}
