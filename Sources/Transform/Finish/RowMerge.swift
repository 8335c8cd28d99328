internal import Columnar
internal import CommonDataModel
internal import Engine

/// Merges rows that describe one thing, field by field: the first value in the order of preference
/// stands, and a row without a value takes nothing away.
///
/// A class, since a table's rows are many arrays and each use of a structure may copy them.
final class RowMerge {
  let rows: TableRows
  private let columns: [(column: Column, isConcept: Bool)]
  /// The names of the columns, in the order of `sources`.
  let names: [String]
  /// The column whose choice each column follows: the number of a code that of its field, any other
  /// itself.
  private let leaders: [Int]

  init(_ rows: TableRows) {
    self.rows = rows
    let names = rows.columns.keys.sorted()
    self.names = names
    leaders = names.enumerated().map { index, name in
      guard name.hasPrefix(RowHeader.code) else { return index }
      let field = String(name.dropFirst(RowHeader.code.count))
      return names.firstIndex(of: field) ?? index
    }
    columns = names.map { name in
      (rows.columns[name] ?? .nulls(.integer, count: 0), rows.table.field(name)?.isConcept ?? false)
    }
  }

  /// What a group of rows came to.
  enum Outcome {
    /// The row that leads, and for each column the row that gives its value.
    case merged(lead: Int32, sources: [Int32])
    case conflicting
  }

  /// Merges a group: without any preference, two differing values are a conflict.
  func merge(_ group: [Int32]) -> Outcome {
    if group.count == 1 {
      return .merged(
        lead: group[0], sources: [Int32](repeating: group[0], count: columns.count))
    }
    let order = group.sorted(by: precedes)
    let hasPreference = group.contains { rows.preference.isValid(Int($0)) }
    var sources: [Int32] = []
    sources.reserveCapacity(columns.count)
    for (index, (column, isConcept)) in columns.enumerated() {
      guard leaders[index] == index else {
        sources.append(order[0])
        continue
      }
      var chosen = order[0]
      var found = false
      for row in order where hasValue(column, isConcept: isConcept, row) {
        if !found {
          chosen = row
          found = true
        } else if !hasPreference, column.order(Int(chosen), column, Int(row)) != 0 {
          return .conflicting
        }
      }
      if !found { chosen = order.first { column.isValid(Int($0)) } ?? order[0] }
      sources.append(chosen)
    }
    for index in sources.indices { sources[index] = sources[leaders[index]] }
    return .merged(lead: order[0], sources: sources)
  }

  /// The first row of an order that has a value in a column; the first of all where none has.
  func first(of order: [Int32], column: Int) -> Int32 {
    let (values, isConcept) = columns[leaders[column]]
    return order.first { hasValue(values, isConcept: isConcept, $0) }
      ?? order.first { values.isValid(Int($0)) } ?? order[0]
  }

  /// The columns by name, one row for each of the leads.
  ///
  /// - Parameters:
  ///   - leads: the row that gives all values.
  ///   - merged: by the place of a lead, the rows that give the value of each column instead.
  /// - Returns: the columns.
  func gather(
    _ leads: [Int32], merged: [(place: Int, sources: [Int32])]
  ) -> [String: Column] {
    var gathered: [String: Column] = [:]
    for (index, name) in names.enumerated() {
      var positions = leads
      for one in merged { positions[one.place] = one.sources[index] }
      gathered[name] = columns[index].column.gather(positions)
    }
    return gathered
  }

  /// Concept 0 says that no concept is known: any other value goes before it.
  private func hasValue(_ column: Column, isConcept: Bool, _ row: Int32) -> Bool {
    guard column.isValid(Int(row)) else { return false }
    return !isConcept || column.type != .integer || column.lanes[Int(row)] != 0
  }

  private func precedes(_ left: Int32, _ right: Int32) -> Bool {
    let i = Int(left)
    let j = Int(right)
    let first = rows.preference.isValid(i) ? rows.preference.lanes[i] : Int64.max
    let second = rows.preference.isValid(j) ? rows.preference.lanes[j] : Int64.max
    if first != second { return first < second }
    if rows.rules[i] != rows.rules[j] { return rows.rules[i] < rows.rules[j] }
    if rows.content0[i] != rows.content0[j] { return rows.content0[i] < rows.content0[j] }
    if rows.content1[i] != rows.content1[j] { return rows.content1[i] < rows.content1[j] }
    if rows.fan[i] != rows.fan[j] { return rows.fan[i] < rows.fan[j] }
    return rows.position[i] < rows.position[j]
  }
}
