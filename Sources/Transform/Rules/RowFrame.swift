internal import Columnar
internal import Engine
internal import Expressions

/// The rows of a batch that are still in play for a rule, and the columns that expressions read
/// from them.
///
/// A row is a source row and, for each join, the row it found. Columns are gathered when they are
/// first read, so that a filter costs only its own. Rows that waited in an exchange bring what the
/// rule still reads of the tables joined before it.
struct RowFrame {
  let source: SourceBatch
  /// The joins that are left to do, and their tables.
  let joins: [JoinPlan]
  let broadcasts: [BroadcastTable]
  /// Whether the rows waited in an exchange, so that columns have the names of `carriedName`.
  let isCarried: Bool
  /// The source row of each row.
  private(set) var rows: [Int32]
  /// For each join done so far, the row of the joined table, or −1.
  private(set) var joined: [[Int32]] = []
  /// Which of several combinations of joined rows of one source row each row is.
  private(set) var fan: [Int64]
  /// Which of the unpivoted columns each row is of.
  private(set) var pivot: [Int64]
  private var derived: [String: Column] = [:]
  private var cache: [Input: Column] = [:]
  /// Whether the frame is all source rows in their order, so that nothing needs gathering.
  private var isWhole = true

  init(
    _ source: SourceBatch, joins: [JoinPlan], broadcasts: [BroadcastTable], isCarried: Bool = false
  ) {
    self.source = source
    self.joins = joins
    self.broadcasts = broadcasts
    self.isCarried = isCarried
    rows = Array(0..<Int32(source.batch.count))
    fan = source.fans.isEmpty ? [Int64](repeating: 0, count: source.batch.count) : source.fans
    pivot = [Int64](repeating: 0, count: source.batch.count)
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

  /// The name under which a column waits in an exchange.
  static func carriedName(_ input: Input) -> String {
    "\(input.table ?? "").\(input.batchName)"
  }

  /// The name under which the places of a joined table's rows wait in an exchange.
  static func carriedPlaces(_ alias: String) -> String { "#places:\(alias)" }

  private func read(_ input: Input) -> Column {
    if input.table == nil, let column = derived[input.column] { return column }
    if isCarried, let column = source.batch[RowFrame.carriedName(input)] {
      return isWhole ? column : column.gather(rows)
    }
    let name = input.batchName
    guard let table = input.table else {
      preconditionFailure("no derived column \(input.column)")
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

  /// Whether all that an expression reads is there.
  func canRead(_ expression: CompiledExpression) -> Bool {
    expression.inputs.allSatisfy { input in
      if input.table == nil, derived[input.column] != nil { return true }
      if isCarried, source.batch[RowFrame.carriedName(input)] != nil { return true }
      let name = input.batchName
      guard let table = input.table else { return false }
      guard let join = joins.firstIndex(where: { $0.alias == table }) else {
        return !isCarried && source.batch[name] != nil
      }
      return join < joined.count && broadcasts[join].rows[name] != nil
    }
  }

  /// The places of the rows that a join of this frame found; NULL where it found none.
  func places(_ join: Int) -> Column {
    var builder = ColumnBuilder(.integer, capacity: count)
    for partner in joined[join] {
      if partner >= 0 {
        builder.append(lane: broadcasts[join].positions[Int(partner)])
      } else {
        builder.appendNull()
      }
    }
    return builder.finish()
  }

  mutating func evaluate(_ expression: CompiledExpression) -> Evaluation {
    expression.evaluate(expression.inputs.map { column($0) }, count: count)
  }

  /// Keeps the rows at the positions given, which ascend.
  mutating func keep(_ positions: [Int32]) {
    if positions.count == count { return }
    rows = positions.map { rows[Int($0)] }
    fan = positions.map { fan[Int($0)] }
    pivot = positions.map { pivot[Int($0)] }
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
    multiply(origin)
    joined.append(partners)
  }

  /// Makes several rows of each source row, one for each of some columns that has a value there.
  ///
  /// - Parameter plan: the columns, and what value and name are called.
  mutating func unpivot(_ plan: UnpivotPlan) {
    let columns = plan.columns.map { column($0) }
    var origin: [Int32] = []
    var which: [Int64] = []
    for row in 0..<count {
      for index in columns.indices where columns[index].isValid(row) {
        origin.append(Int32(row))
        which.append(Int64(index))
      }
    }
    multiply(origin)
    pivot = which
    // All values one column after the other, and of them each row's own.
    let stride = Int32(columns.first?.count ?? 0)
    if let type = columns.first?.type {
      let all = Column.concatenated(columns, type: type)
      derived[plan.value] = all.gather(zip(origin, which).map { $0 + Int32($1) * stride })
    }
    if let name = plan.name {
      var names = TextArray()
      for column in plan.columns { names.append(column.column) }
      derived[name] = Column(.text, .text(names)).gather(which.map { Int32($0) })
    }
  }

  /// Puts in the place of the rows copies of them, which ascend.
  private mutating func multiply(_ origin: [Int32]) {
    rows = origin.map { rows[Int($0)] }
    joined = joined.map { column in origin.map { column[Int($0)] } }
    pivot = origin.map { pivot[Int($0)] }
    derived = derived.mapValues { $0.gather(origin) }
    cache = cache.mapValues { $0.gather(origin) }
    fan = [Int64](repeating: 0, count: rows.count)
    isWhole = false
    numberFans()
  }

  /// Numbers the rows of each source row from 0, in the order of what they joined.
  ///
  /// The numbers follow from the source row and its partners alone, whatever other rows of the batch
  /// found.
  ///
  /// Of rows that waited, the numbers they came with go first.
  private mutating func numberFans() {
    var number: Int64 = 0
    for row in rows.indices {
      number = row > 0 && rows[row] == rows[row - 1] ? number + 1 : 0
      let base = source.fans.isEmpty ? 0 : source.fans[Int(rows[row])]
      fan[row] = base << RowFrame.fanBits | number
    }
  }

  /// The bits of a number among the rows that came of one row at one exchange.
  private static let fanBits: Int64 = 20

  /// Whether a row stands for its source row.
  func isLead(_ row: Int) -> Bool {
    source.leads.isEmpty || source.leads[Int(rows[row])]
  }

  /// The source position of the joined row that explains why an expression is NULL on a row: a
  /// joined column that it reads is NULL there.
  mutating func parent(ofNull expression: CompiledExpression, row: Int) -> Int64? {
    for input in expression.inputs {
      if isCarried, let alias = input.table,
        let places = source.batch[RowFrame.carriedPlaces(alias)], places.isValid(Int(rows[row])),
        !column(input).isValid(row)
      {
        return places.lanes[Int(rows[row])]
      }
      guard let join = joins.firstIndex(where: { $0.alias == input.table }),
        join < joined.count, joined[join][row] >= 0, !column(input).isValid(row)
      else { continue }
      return broadcasts[join].positions[Int(joined[join][row])]
    }
    return nil
  }
}
