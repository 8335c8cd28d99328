internal import Columnar
internal import Engine
internal import Expressions

extension RuleTransformer {
  /// Where rows wait: for the rows of a joined table, or for those of their group.
  enum Stop: Sendable {
    /// The position of the join, and the columns that the rows take along.
    case join(Int, carried: [Input])
    case group(GroupPlan, carried: [Input])

    func definition(_ plan: RulePlan) -> ExchangeDefinition {
      func type(_ input: Input) -> ColumnType {
        guard let type = plan.types[input] else { preconditionFailure("\(input) has no type") }
        return type
      }
      switch self {
      case .join(let index, let carried):
        return ExchangeDefinition(
          columns: carried.map { Field(RowFrame.carriedName($0), type($0)) }
            + plan.joins[..<index].map { Field(RowFrame.carriedPlaces($0.alias), .integer) },
          join: plan.joins[index].request)
      case .group(let group, let carried):
        return ExchangeDefinition(
          columns: group.columns.map { Field($0.name, $0.value.type.columnType) }
            + carried.map { Field(RowFrame.carriedName($0), type($0)) },
          join: nil)
      }
    }
  }

  static func stops(_ plan: RulePlan, filtersFirst: Bool) -> [Stop] {
    var stops: [Stop] = []
    var known: Set<String> = [plan.alias]
    let unpivoted = [plan.unpivot?.value, plan.unpivot?.name].compactMap(\.self)
    for (index, join) in plan.joins.enumerated() {
      if join.isShuffled {
        var needed = Set(plan.laterInputs(filtersFirst: filtersFirst))
        for later in plan.joins[index...] { needed.formUnion(later.columns) }
        let carried = needed.filter { input in
          input.table.map { known.contains($0) } ?? unpivoted.contains(input.column)
        }
        stops.append(.join(index, carried: RowFrame.ordered(carried)))
      }
      known.insert(join.alias)
    }
    if let group = plan.group {
      // A group has its keys and values and nothing else; a row keeps what is read of it.
      let values = Set(group.values.map(\.name))
      let carried = plan.finalExpressions.flatMap(\.inputs).filter { input in
        group.isWindow && !(input.table == nil && values.contains(input.column))
      }
      stops.append(.group(group, carried: RowFrame.ordered(Set(carried))))
    }
    return stops
  }

  /// Lets the rows of a frame wait for a joined table; without one, for their group.
  func wait(
    at join: Int?, _ frame: inout RowFrame, _ fates: inout RowFates, into output: inout MapOutput
  ) {
    guard
      let exchange = stops.firstIndex(where: { stop in
        if case .join(let index, _) = stop { return index == join }
        return join == nil
      })
    else { preconditionFailure("an exchange for every wait") }
    let digests: [Digest]
    var columns: [Column] = []
    switch stops[exchange] {
    case .join(let index, let carried):
      let keys = plan.joins[index].columns.map { frame.column($0) }
      digests = spread(BroadcastTable.hashes(keys, count: frame.count), frame)
      columns = carried.map { frame.column($0) }
      let done = index - (plan.joins.count - frame.joins.count)
      for earlier in plan.joins[..<index].indices {
        let position = earlier - (index - done)
        columns.append(
          position >= 0
            ? frame.places(position)
            : frame.source.batch[RowFrame.carriedPlaces(plan.joins[earlier].alias)]?
              .gather(frame.rows) ?? .nulls(.integer, count: frame.count))
      }
    case .group(let group, let carried):
      for (name, value) in group.columns {
        let evaluation = frame.evaluate(value)
        rejectCells(evaluation.failures, field: name, frame, into: &output)
        columns.append(evaluation.column)
      }
      digests = GroupWork.hashes(Array(columns.prefix(group.keys.count)), count: frame.count)
        .map { Digest($0, 0, 0, 0) }
      columns += carried.map { frame.column($0) }
    }
    var leads: [Int64] = []
    for row in 0..<frame.count {
      let source = frame.rows[row]
      leads.append(frame.isLead(row) && !fates.hasPassed(source) ? 1 : 0)
      fates.pass(source)
    }
    let source = frame.source
    func words(_ words: [UInt64]) -> Column {
      Column(.integer, .lanes(frame.rows.map { Int64(bitPattern: words[Int($0)]) }))
    }
    let header = [
      Column(.digest, .digests(digests)), words(source.content0), words(source.content1),
      Column(.integer, .lanes(frame.rows.map { source.positions[Int($0)] })),
      Column(.integer, .lanes(frame.fan)), Column(.boolean, .lanes(leads)),
    ]
    output.wait(
      Batch(exchanges[exchange].schema, header + columns, count: frame.count), exchange: exchange)
  }

  /// The digests by which rows meet those they join; a row with a NULL in its key meets none and
  /// goes anywhere.
  private func spread(_ hashes: [UInt64?], _ frame: RowFrame) -> [Digest] {
    hashes.enumerated().map { row, hash in
      Digest(hash ?? frame.source.content0[Int(frame.rows[row])], 0, 0, 0)
    }
  }
}

extension RowFrame {
  /// Columns in an order that depends on their names alone.
  static func ordered(_ inputs: Set<Input>) -> [Input] {
    inputs.sorted { carriedName($0) < carriedName($1) }
  }
}

extension GroupPlan {
  /// What waits of each row, with the names of the columns.
  var columns: [(name: String, value: CompiledExpression)] {
    keys.enumerated().map { ("#group\($0.offset)", $0.element.value) }
      + order.enumerated().map { ("#order\($0.offset)", $0.element.value) }
      + values.enumerated().compactMap { index, value in
        value.argument.map { ("#value\(index)", $0) }
      }
  }
}

extension RulePlan {
  /// The columns of tables that are read after the joins.
  func laterInputs(filtersFirst: Bool) -> [Input] {
    var later = derived.map(\.value)
    if !filtersFirst, let filter { later.append(filter) }
    if let group {
      later += group.columns.map(\.value)
      if !group.isWindow { return later.flatMap(\.inputs) }
    }
    return (later + finalExpressions).flatMap(\.inputs)
  }
}
