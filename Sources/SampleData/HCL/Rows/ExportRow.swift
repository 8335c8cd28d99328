/// A record of the export: what its cells mean, and how they are written.
protocol ExportRow {
  /// The columns in their usual order.
  static var columns: [String] { get }
  /// The cells in the order of `columns`, as they stand in the file when nothing is wrong.
  var cells: [String] { get }
  var state: RowState { get set }
}

/// Where a record stands, and what was planted in it.
struct RowState {
  var position = SourcePosition(file: "", line: 0)
  /// What makes the extractor refuse the whole record.
  var damage: Damage?
  /// Cells that are not written as they mean.
  var dirty: [DirtyCell] = []
}

/// The first line of a record, from 1.
struct SourcePosition: Hashable, Comparable {
  var file: String
  var line: Int

  static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    left.file == right.file
      ? left.line < right.line : left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
  }
}

/// What makes the extractor refuse a record.
enum Damage: String {
  case missingFields
  case extraField
  /// A quote opens before the last field and is not closed.
  case unclosedQuote
  /// A cell of a column that says `on_error: reject`.
  case rejectedCell

  /// The stable reason code.
  var reason: String {
    switch self {
    case .missingFields, .extraField: "ragged_record"
    case .unclosedQuote: "unclosed_quote"
    case .rejectedCell: "cell_rejected"
    }
  }
}

/// A cell that is written otherwise than it means.
struct DirtyCell {
  let column: String
  /// The cell as it stands in the file, quotes included.
  let text: String
  /// The reason of the cell reject; `nil` when the cell is read without one.
  let reason: String?
}

/// A text as a cell: quoted where it has to be (RFC 4180).
///
/// A quote inside a text that needs no
/// quoting stands as it is.
func quoted(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == 0x3B || $0 == 0x0A }) || text.hasPrefix("\"") else {
    return text
  }
  return "\""
    + text.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}
