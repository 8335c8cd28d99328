import Columnar
import CommonDataModel
import SQLite

@testable import Load

/// Deaths of some persons, a day apart, every third without a cause.
func deaths(_ persons: Range<Int>) -> Batch {
  let lanes = persons.map(Int64.init)
  return Batch(
    Schema([
      Field("person_id", .integer), Field("death_date", .date),
      Field("cause_source_value", .text),
    ]),
    [
      Column(.integer, .lanes(lanes)), Column(.date, .lanes(lanes)),
      Column(
        .text, .text(TextArray(persons.map { "cause \($0)" })),
        validity: persons.map { $0 % 3 != 0 }),
    ], count: persons.count)
}

/// Loads and publishes one batch.
@discardableResult
func load(_ batch: Batch, into table: CDMTable, _ path: String) throws -> [CDMTable: Int] {
  let target = try SQLiteTarget(path: path)
  try target.create(tables: CommonDataModel.tables)
  try target.append(batch, to: table)
  let counts = try target.finish()
  try target.publish()
  return counts
}

/// The rows of a query, each as its values between bars.
func lines(_ database: borrowing Connection, _ sql: String) throws -> [String] {
  var select = try database.prepare(sql)
  var lines: [String] = []
  while try select.step() {
    var values: [String] = []
    for column in 0..<select.columnCount { values.append(select.text(at: column) ?? "NULL") }
    lines.append(values.joined(separator: "|"))
  }
  return lines
}

extension DateText {
  /// The text of a date.
  static func text(days: Int64) -> String {
    var text = DateText()
    text.write(days: days)
    return text.string
  }

  /// The text of a timestamp.
  static func text(microseconds: Int64) -> String {
    var text = DateText()
    text.write(microseconds: microseconds)
    return text.string
  }

  private var string: String {
    var characters: [UInt8] = []
    for index in span.indices { characters.append(span[index]) }
    return String(decoding: characters, as: UTF8.self)
  }
}
