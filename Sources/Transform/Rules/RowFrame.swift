internal import Columnar
internal import Engine
internal import Expressions

/// The rows of a batch that are still in play for a rule, and the columns that expressions read
/// from them.
///
/// A row is a source row and, for each join, the row it found. Columns are gathered when they are
/// first read, so that a filter costs only its own.
struct RowFrame {
  let source: SourceBatch
  let joins: [JoinPlan]
  let broadcasts: [BroadcastTable]
  /// The source row of each row.
  private(set) var rows: [Int32]
  /// For each join done so far, the row of the joined table, or −1.
  private(set) var joined: [[Int32]] = []
  /// Which of several combinations of joined rows of one source row each row is.
  private(set) var fan: [Int64]
  private var derived: [String: Column] = [:]
  private var cache: [Input: Column] = [:]
  /// Whether the frame is all source rows in their order, so that nothing needs gathering.
  private var isWhole = true

  init(_ source: SourceBatch, joins: [JoinPlan], broadcasts: [BroadcastTable]) {
    self.source = source
    self.joins = joins
    self.broadcasts = broadcasts
    rows = Array(0..<Int32(source.batch.count))
    fan = [Int64](repeating: 0, count: source.batch.count)
  }

  var count: Int { rows.count }

  mutating func derive(_ name: String, _ column: Column) { derived[name] = column }

  /// The column that an expression asks for, one value for each row of the frame.
  mutating func column(_ input: Input) -> Column {
    if let known = cache[input] { return known }
    let column = read(input)
    cache[input] = column
    return column
  }

  private func read(_ input: Input) -> Column {
    let name = input.form == .raw ? "\(input.column)#raw" : input.column
    guard let table = input.table else {
      guard let column = derived[input.column] else {
        preconditionFailure("no derived column \(input.column)")
      }
      return column
    }
    if let join = joins.firstIndex(where: { $0.alias == table }), join < joined.count {
      guard let column = broadcasts[join].rows[name] else {
        preconditionFailure("no joined column \(name)")
      }
      return column.gather(joined[join])
    }
    guard let column = source.batch[name] else { preconditionFailure("no column \(name)") }
    return isWhole ? column : column.gather(rows)
  }

  mutating func evaluate(_ expression: CompiledExpression) -> Evaluation {
    expression.evaluate(expression.inputs.map { column($0) }, count: count)
  }

  /// Keeps the rows at the positions given, which ascend.
  mutating func keep(_ positions: [Int32]) {
    if positions.count == count { return }
    rows = positions.map { rows[Int($0)] }
    fan = positions.map { fan[Int($0)] }
    joined = joined.map { column in positions.map { column[Int($0)] } }
    derived = derived.mapValues { $0.gather(positions) }
    cache = cache.mapValues { $0.gather(positions) }
    isWhole = false
  }

  /// Does the next join: each row finds its partners; a row without any keeps a place, with −1.
  mutating func join() {
    let index = joined.count
    let plan = joins[index]
    let table = broadcasts[index]
    let keys = plan.columns.map { column($0) }
    let found = table.find(keys, count: count)
    let fansOut = found.contains { $0 >= 0 && table.following($0) >= 0 }
    guard fansOut else {
      joined.append(found)
      numberFans()
      return
    }
    var origin: [Int32] = []
    var partners: [Int32] = []
    for row in 0..<count {
      var partner = found[row]
      repeat {
        origin.append(Int32(row))
        partners.append(partner)
        partner = partner < 0 ? -1 : table.following(partner)
      } while partner >= 0
    }
    rows = origin.map { rows[Int($0)] }
    joined = joined.map { column in origin.map { column[Int($0)] } }
    joined.append(partners)
    fan = [Int64](repeating: 0, count: rows.count)
    numberFans()
    derived = derived.mapValues { $0.gather(origin) }
    cache = cache.mapValues { $0.gather(origin) }
    isWhole = false
  }

  /// Numbers the rows of each source row from 0, in the order of what they joined.
  ///
  /// The numbers follow from the source row and its partners alone, whatever other rows of the batch
  /// found.
  private mutating func numberFans() {
    for row in rows.indices {
      fan[row] = row > 0 && rows[row] == rows[row - 1] ? fan[row - 1] + 1 : 0
    }
  }

  /// The source position of the joined row that explains why an expression is NULL on a row: a
  /// joined column that it reads is NULL there.
  mutating func parent(ofNull expression: CompiledExpression, row: Int) -> Int64? {
    for input in expression.inputs {
      guard let join = joins.firstIndex(where: { $0.alias == input.table }),
        join < joined.count, joined[join][row] >= 0, !column(input).isValid(row)
      else { continue }
      return broadcasts[join].positions[Int(joined[join][row])]
    }
    return nil
  }
}
