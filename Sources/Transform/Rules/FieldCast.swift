package import Columnar
package import CommonDataModel
package import Engine

/// Brings a column to the type of a CDM field, without losing anything in silence.
package enum FieldCast {
  /// The physical type in which values of a type travel to a field, or `nil` where a value of the
  /// type has no meaning there.
  ///
  /// Numbers of a numeric field keep their own exact type; a day may fill a datetime (midnight) and
  /// a datetime a date (its day). Anything becomes a text only where the rule says `cast(… as text)`.
  package static func type(of source: ColumnType, in field: CDMField) -> ColumnType? {
    switch (field.datatype.columnType, source) {
    case (.integer, .integer), (.integer, .decimal), (.integer, .boolean): .integer
    case (.decimal, .integer), (.double, .integer): .decimal(scale: 0)
    case (.decimal, .decimal), (.double, .decimal), (.decimal, .double), (.double, .double): source
    case (.date, .date), (.date, .timestamp): .date
    case (.timestamp, .timestamp), (.timestamp, .date): .timestamp
    case (.text, .text): .text
    default: nil
    }
  }

  /// The column in the field's type; a value that does not fit is NULL and listed.
  ///
  /// - Parameters:
  ///   - column: the values, of a type that `type(of:in:)` accepts.
  ///   - field: where they go.
  ///   - truncates: whether a text is cut to the field's length, by characters.
  /// - Returns: the column, the rows that did not fit with the reason, and the count of texts cut.
  package static func cast(
    _ column: Column, to field: CDMField, truncates: Bool
  ) -> (column: Column, failures: [(row: Int32, reason: ReasonCode)], cut: Int) {
    switch (field.datatype.columnType, column.type) {
    case (.integer, .decimal(let scale)): return toInteger(column, scale: scale)
    case (.integer, .boolean):
      return (Column(.integer, column.values, validity: column.validity), [], 0)
    case (.decimal, .integer), (.double, .integer):
      return (Column(.decimal(scale: 0), column.values, validity: column.validity), [], 0)
    case (.date, .timestamp):
      let days = column.lanes.map { CivilCalendar.days(ofMicroseconds: $0) }
      return (Column(.date, .lanes(days), validity: column.validity), [], 0)
    case (.timestamp, .date):
      let stamps = column.lanes.map { $0 &* 86_400_000_000 }
      return (Column(.timestamp, .lanes(stamps), validity: column.validity), [], 0)
    case (.text, .text): return fit(column, to: field.maximumLength, truncates: truncates)
    default: return (column, [], 0)
    }
  }

  private static func toInteger(
    _ column: Column, scale: Int
  ) -> (Column, [(row: Int32, reason: ReasonCode)], Int) {
    var unit: Int64 = 1
    for _ in 0..<scale { unit *= 10 }
    var validity = column.validity
    var failures: [(row: Int32, reason: ReasonCode)] = []
    var lanes = column.lanes
    for row in lanes.indices where column.isValid(row) {
      if lanes[row] % unit != 0 {
        failures.append((Int32(row), ReasonCode(rawValue: "not_an_integer")))
      }
      lanes[row] /= unit
    }
    invalidate(&validity, failures, count: lanes.count)
    return (Column(.integer, .lanes(lanes), validity: validity), failures, 0)
  }

  private static func invalidate(
    _ validity: inout [Bool]?, _ failures: [(row: Int32, reason: ReasonCode)], count: Int
  ) {
    if failures.isEmpty { return }
    var flags = validity ?? [Bool](repeating: true, count: count)
    for failure in failures { flags[Int(failure.row)] = false }
    validity = flags
  }

  private static func fit(
    _ column: Column, to limit: Int?, truncates: Bool
  ) -> (Column, [(row: Int32, reason: ReasonCode)], Int) {
    let texts = column.texts
    // A text has no more characters than bytes.
    guard let limit, texts.count > 0,
      (0..<texts.count).contains(where: { texts.range($0).count > limit })
    else { return (column, [], 0) }
    var validity = column.validity
    var failures: [(row: Int32, reason: ReasonCode)] = []
    var cut = 0
    var fitted = TextArray()
    for row in 0..<texts.count {
      let text = texts.span(row)
      let end = text.count > limit ? prefixEnd(text, characters: limit) : text.count
      if end == text.count {
        fitted.append(text)
      } else if truncates {
        fitted.append(text.extracting(0..<end))
        cut += 1
      } else {
        fitted.close()
        if column.isValid(row) { failures.append((Int32(row), .textTooLong)) }
      }
    }
    invalidate(&validity, failures, count: texts.count)
    return (Column(.text, .text(fitted), validity: validity), failures, cut)
  }

  /// The byte at which the first characters of a UTF-8 text end.
  private static func prefixEnd(_ text: Span<UInt8>, characters: Int) -> Int {
    var seen = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 {
      if seen == characters { return index }
      seen += 1
    }
    return text.count
  }
}
