import Columnar
import SQLite

/// Binds some rows of a column to the parameters of an insert.
///
/// The first row goes to `parameter`, each further row `stride` parameters later. Rows without a
/// value leave their parameter null.
struct ColumnBinder {
  let rows: Range<Int>
  let parameter: Int
  let stride: Int

  init(_ rows: Range<Int>, parameter: Int, stride: Int) {
    self.rows = rows
    self.parameter = parameter
    self.stride = stride
  }

  /// Binds by type; dates and timestamps are written through `text`.
  func bind(_ column: Column, to statement: inout Statement, _ text: inout DateText)
    throws(SQLiteError)
  {
    let validity = column.validity
    switch column.type {
    case .integer, .boolean: try bind(integers: column.lanes, validity, to: &statement)
    case .double: try bind(doubles: column.doubles, validity, to: &statement)
    case .decimal(let scale): try bind(column.lanes, scale, validity, to: &statement)
    case .text: try bind(texts: column.texts, validity, to: &statement)
    case .date:
      try bind(column.lanes, validity, to: &statement, &text) { $0.write(days: $1) }
    case .timestamp:
      try bind(column.lanes, validity, to: &statement, &text) { $0.write(microseconds: $1) }
    case .digest: preconditionFailure("a key has no place in the CDM")
    }
  }

  private func bind(
    integers: [Int64], _ validity: [Bool]?, to statement: inout Statement
  ) throws(SQLiteError) {
    var place = parameter
    for row in rows {
      if validity?[row] ?? true { try statement.bind(integers[row], at: place) }
      place += stride
    }
  }

  private func bind(
    doubles: [Double], _ validity: [Bool]?, to statement: inout Statement
  ) throws(SQLiteError) {
    var place = parameter
    for row in rows {
      if validity?[row] ?? true { try statement.bind(doubles[row], at: place) }
      place += stride
    }
  }

  private func bind(
    _ decimals: [Int64], _ scale: Int, _ validity: [Bool]?, to statement: inout Statement
  ) throws(SQLiteError) {
    let number = DecimalNumber(scale: scale)
    var place = parameter
    for row in rows {
      if validity?[row] ?? true {
        if let integer = number.integer(decimals[row]) {
          try statement.bind(integer, at: place)
        } else {
          try statement.bind(number.double(decimals[row]), at: place)
        }
      }
      place += stride
    }
  }

  private func bind(
    texts: TextArray, _ validity: [Bool]?, to statement: inout Statement
  ) throws(SQLiteError) {
    var place = parameter
    for row in rows {
      if validity?[row] ?? true { try statement.bind(text: texts.span(row), at: place) }
      place += stride
    }
  }

  @inline(__always)
  private func bind(
    _ lanes: [Int64], _ validity: [Bool]?, to statement: inout Statement,
    _ text: inout DateText, _ write: (inout DateText, Int64) -> Void
  ) throws(SQLiteError) {
    var place = parameter
    for row in rows {
      if validity?[row] ?? true {
        write(&text, lanes[row])
        try statement.bind(text: text.span, at: place)
      }
      place += stride
    }
  }
}
