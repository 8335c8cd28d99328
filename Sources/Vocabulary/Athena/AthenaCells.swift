import Columnar

/// Reads the rows of a small file as texts: VOCABULARY.csv, DOMAIN.csv and their like.
struct AthenaCells: AthenaSink {
  let columns: [String]
  /// The cells of the columns, in the order of the file when one worker reads it.
  private(set) var rows: [[String]] = []

  init(_ columns: [String]) { self.columns = columns }

  mutating func take(
    _ rows: borrowing AthenaRows, _ bytes: Span<UInt8>, _ places: [Int]
  ) throws(AthenaFault) {
    for row in 0..<rows.count {
      var cells: [String] = []
      for place in places { cells.append(bytes.text(rows.range(row, place))) }
      self.rows.append(cells)
    }
  }
}

extension Span<UInt8> {
  /// Some of the bytes as text, for the few names that are kept as such.
  func text(_ range: Range<Int>) -> String {
    let part = extracting(range)
    return String(
      decoding: [UInt8](capacity: part.count) { out in
        for index in part.indices { out.append(part[index]) }
      }, as: UTF8.self)
  }
}
