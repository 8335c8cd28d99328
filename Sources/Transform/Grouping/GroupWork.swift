internal import Columnar
internal import Engine
internal import Expressions

/// Some rows that waited in an exchange, all rows of their groups among them, put into groups.
///
/// Within a group rows stand in the declared order, and where that leaves two of them equal, in the
/// order of their contents; never in that of the files.
struct GroupWork {
  private let plan: GroupPlan
  private let carried: [Input]
  private let rows: SourceBatch
  /// The rows, group after group.
  private let order: [Int32]
  /// Where each group begins, and the end.
  private let bounds: [Int]

  init(_ plan: GroupPlan, carried: [Input], rows: SourceBatch) {
    self.plan = plan
    self.carried = carried
    self.rows = rows
    let keys = plan.keys.indices.map { GroupWork.column("#group\($0)", of: rows) }
    let orders = plan.order.indices.map { GroupWork.column("#order\($0)", of: rows) }
    let hashes = GroupWork.hashes(keys, count: rows.batch.count)
    func compareKeys(_ left: Int, _ right: Int) -> Int {
      if hashes[left] != hashes[right] { return hashes[left] < hashes[right] ? -1 : 1 }
      for key in keys {
        let order = key.order(left, key, right)
        if order != 0 { return order }
      }
      return 0
    }
    func precede(_ left: Int32, _ right: Int32) -> Bool {
      let (left, right) = (Int(left), Int(right))
      let groups = compareKeys(left, right)
      if groups != 0 { return groups < 0 }
      for (column, order) in zip(orders, plan.order) {
        let values = column.order(left, column, right)
        if values != 0 { return (values < 0) != order.isDescending }
      }
      if rows.content0[left] != rows.content0[right] {
        return rows.content0[left] < rows.content0[right]
      }
      if rows.content1[left] != rows.content1[right] {
        return rows.content1[left] < rows.content1[right]
      }
      return rows.fans[left] < rows.fans[right]
    }
    order = (0..<Int32(rows.batch.count)).sorted(by: precede)
    var bounds = [0]
    for index in order.indices.dropFirst()
    where compareKeys(Int(order[index - 1]), Int(order[index])) != 0 { bounds.append(index) }
    if !order.isEmpty { bounds.append(order.count) }
    self.bounds = bounds
  }

  private static func column(_ name: String, of rows: SourceBatch) -> Column {
    guard let column = rows.batch[name] else { preconditionFailure("no column \(name)") }
    return column
  }

  /// A hash of each row's key; NULLs are equal to one another here, as in SQL's GROUP BY.
  static func hashes(_ columns: [Column], count: Int) -> [UInt64] {
    var hashes = [UInt64](repeating: 0, count: count)
    for column in columns {
      let own = BroadcastTable.hashes([column], count: count)
      for row in hashes.indices {
        hashes[row] = KeyIndex.mix(hashes[row] &* 31 ^ (own[row] ?? 0x9E37_79B9_7F4A_7C15))
      }
    }
    return hashes
  }

  /// The groups as rows, or the rows with what they see of their neighbours.
  func finish(rule: RuleTransformer, into output: inout MapOutput) -> SourceBatch {
    var fields: [Field] = []
    var columns: [Column] = []
    func add(_ input: Input, _ column: Column) {
      fields.append(Field(RowFrame.carriedName(input), column.type))
      columns.append(column)
    }
    var result = plan.isWindow ? window() : groups(into: &output)
    let firsts = plan.isWindow ? order : bounds.dropLast().map { order[$0] }
    if plan.isWindow {
      for input in carried {
        add(input, GroupWork.column(RowFrame.carriedName(input), of: rows).gather(order))
      }
    } else {
      for (index, key) in plan.keys.enumerated() {
        add(key.input, GroupWork.column("#group\(index)", of: rows).gather(firsts))
      }
    }
    for (index, value) in plan.values.enumerated() {
      let (column, overflows) = compute(value, index)
      for row in overflows {
        rule.rejectCell(
          firsts[row], .decimalOverflow, field: value.name, rows, into: &output)
      }
      add(Input(table: nil, column: value.name), column)
    }
    result.batch = Batch(Schema(fields), columns, count: firsts.count)
    return result
  }

  /// The rows in the order of their groups, without their columns.
  private func window() -> SourceBatch {
    var result = SourceBatch(
      batch: .empty(Schema([])), positions: order.map { rows.positions[Int($0)] },
      content0: order.map { rows.content0[Int($0)] },
      content1: order.map { rows.content1[Int($0)] })
    result.fans = order.map { rows.fans[Int($0)] }
    result.leads = order.map { rows.leads[Int($0)] }
    return result
  }

  /// One row for each group, without columns.
  ///
  /// It stands where the first of its rows stands, and its contents are those of all. The other rows
  /// are booked as merged.
  private func groups(into output: inout MapOutput) -> SourceBatch {
    var positions: [Int64] = []
    var content0: [UInt64] = []
    var content1: [UInt64] = []
    var leads: [Bool] = []
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      let members = order[start..<end].map { Int($0) }
      let leading = members.filter { rows.leads[$0] }
      positions.append(
        (leading.isEmpty ? members : leading).reduce(Int64.max) { min($0, rows.positions[$1]) })
      content0.append(members.reduce(0) { $0 &+ rows.content0[$1] })
      content1.append(members.reduce(0) { $0 &+ rows.content1[$1] })
      leads.append(!leading.isEmpty)
      if leading.count > 1 { output.account.boxes[.collapsed, default: 0] += leading.count - 1 }
    }
    var result = SourceBatch(
      batch: .empty(Schema([])), positions: positions, content0: content0, content1: content1)
    result.fans = [Int64](repeating: 0, count: positions.count)
    result.leads = leads
    return result
  }

  /// A value for each group, or each row, and where a sum is more than its type holds.
  private func compute(_ value: GroupPlan.Value, _ index: Int) -> (Column, overflows: [Int]) {
    let argument = value.argument.map { _ in GroupWork.column("#value\(index)", of: rows) }
    switch (value.function, argument) {
    case (.rowNumber, _):
      return (lanes { members in members.indices.map { Int64($0 - members.startIndex + 1) } }, [])
    case (.count, nil): return (lanes { [Int64($0.count)] }, [])
    case (.count, let column?):
      return (lanes { members in [Int64(members.count { column.isValid(Int($0)) })] }, [])
    case (.sum, let column?): return sum(column)
    case (_, let column?):
      return (column.gather(picks(value.function, column)), [])
    case (_, nil): preconditionFailure("\(value.function) has an argument")
    }
  }

  private func lanes(_ body: (ArraySlice<Int32>) -> [Int64]) -> Column {
    Column(
      .integer, .lanes(zip(bounds, bounds.dropFirst()).flatMap { body(order[$0..<$1]) }))
  }

  /// The row that gives each value; −1 where none does.
  private func picks(_ function: GroupPlan.Function, _ column: Column) -> [Int32] {
    var picks: [Int32] = []
    for (start, end) in zip(bounds, bounds.dropFirst()) {
      let members = order[start..<end]
      switch function {
      case .first: picks.append(members[start])
      case .last: picks.append(members[end - 1])
      case .lag: picks += [-1] + members.dropLast()
      case .lead: picks += members.dropFirst() + [-1]
      case .max: picks.append(extreme(members, column) { $0 > 0 })
      default: picks.append(extreme(members, column) { $0 < 0 })
      }
    }
    return picks
  }

  /// The row with the least or the greatest value; −1 where no row has one.
  private func extreme(
    _ members: ArraySlice<Int32>, _ column: Column, _ wins: (Int) -> Bool
  ) -> Int32 {
    var best: Int32 = -1
    for row in members where column.isValid(Int(row)) {
      if best < 0 || wins(column.order(Int(row), column, Int(best))) { best = row }
    }
    return best
  }

  private func sum(_ column: Column) -> (Column, overflows: [Int]) {
    var builder = ColumnBuilder(column.type, capacity: bounds.count)
    var overflows: [Int] = []
    for (number, (start, end)) in zip(bounds, bounds.dropFirst()).enumerated() {
      let members = order[start..<end].filter { column.isValid(Int($0)) }
      guard !members.isEmpty else {
        builder.appendNull()
        continue
      }
      if case .doubles(let doubles) = column.values {
        builder.append(double: members.reduce(0.0) { $0 + doubles[Int($1)] })
        continue
      }
      // Wide enough that the order of the rows does not decide whether the sum overflows.
      let total = members.reduce(Int128(0)) { $0 + Int128(column.lanes[Int($1)]) }
      if let exact = Int64(exactly: total) {
        builder.append(lane: exact)
      } else {
        builder.appendNull()
        overflows.append(number)
      }
    }
    return (builder.finish(), overflows)
  }
}
