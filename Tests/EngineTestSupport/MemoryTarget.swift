package import Columnar
package import CommonDataModel
import Engine

/// What a loader of a test published, and how it was treated.
package final class MemoryTarget: Sendable {
  /// What a target does wrong.
  package enum Fault: Hashable, Sendable {
    /// An append throws, counted from 0.
    case append(Int)
    case finish
    case publish
    /// One row more is counted than was appended.
    case count
    /// A table's count is left out.
    case silence
  }

  /// The error of a fault.
  package struct Broken: Error, Hashable {
    package let fault: Fault

    package init(fault: Fault) { self.fault = fault }
  }

  fileprivate struct State: Sendable {
    var published: [String: [[String: String]]]?
    var abandoned = 0
    var appends = 0
    var problems: [String] = []
  }

  fileprivate let state = Guarded(State())
  fileprivate let fault: Fault?

  package init(fault: Fault? = nil) { self.fault = fault }

  /// The rows of each table that has any, as values by field; `nil` before anything is published.
  package var published: [String: [[String: String]]]? { state.withLock { $0.published } }

  /// How often a load was given up.
  package var abandoned: Int { state.withLock { $0.abandoned } }

  /// What a loader must not be handed: rows out of order, missing keys, foreign columns.
  package var problems: [String] { state.withLock { $0.problems } }

  /// All published rows as sorted lines: what must not depend on how a run was done.
  package var lines: [String] {
    (published ?? [:]).flatMap { table, rows in
      rows.map { row in
        table + " " + row.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
      }
    }.sorted()
  }

  package func loader() -> MemoryLoader { MemoryLoader(self) }
}

/// Collects rows in memory and publishes them to its target.
package final class MemoryLoader: Loader {
  private let target: MemoryTarget
  private var rows: [String: [[String: String]]] = [:]
  private var lastKey: [String: Int64] = [:]

  init(_ target: MemoryTarget) { self.target = target }

  private func check(_ fault: MemoryTarget.Fault) throws {
    if target.fault == fault { throw MemoryTarget.Broken(fault: fault) }
  }

  package func create(tables: [CDMTable]) throws {}

  package func append(_ batch: Batch, to table: CDMTable) throws {
    let number = target.state.withLock { state in
      defer { state.appends += 1 }
      return state.appends
    }
    try check(.append(number))
    inspect(batch, table)
    for row in 0..<batch.count {
      var values: [String: String] = [:]
      for (field, column) in zip(batch.schema.fields, batch.columns) {
        values[field.name] = column.written(row)
      }
      rows[table.name, default: []].append(values)
    }
  }

  private func inspect(_ batch: Batch, _ table: CDMTable) {
    var problems: [String] = []
    for field in batch.schema.fields {
      guard let target = table.field(field.name) else {
        problems.append("\(table.name) has no field \(field.name)")
        continue
      }
      if !target.datatype.accepts(field.type) {
        problems.append("\(table.name).\(field.name) cannot take \(field.type)")
      }
    }
    for field in table.fields where field.isRequired {
      if batch[field.name].map({ $0.nullCount > 0 }) ?? true {
        problems.append("\(table.name).\(field.name) is required and NULL")
      }
    }
    if let key = table.primaryKey?.name, let ids = batch[key]?.lanes {
      for id in ids {
        if id <= lastKey[table.name] ?? 0 { problems.append("\(table.name) is out of order") }
        if id >= 1 << 53 { problems.append("\(table.name) has an id of 2^53 or more") }
        lastKey[table.name] = id
      }
    }
    target.state.withLock { $0.problems += problems }
  }

  package func finish() throws -> [String: Int] {
    try check(.finish)
    var counts: [String: Int] = [:]
    for table in CommonDataModel.tables { counts[table.name] = rows[table.name]?.count ?? 0 }
    for name in rows.keys.sorted().prefix(1) {
      if target.fault == .count { counts[name, default: 0] += 1 }
      if target.fault == .silence { counts[name] = nil }
    }
    return counts
  }

  package func publish() throws {
    try check(.publish)
    target.state.withLock { $0.published = rows }
  }

  package func abandon() { target.state.withLock { $0.abandoned += 1 } }
}
