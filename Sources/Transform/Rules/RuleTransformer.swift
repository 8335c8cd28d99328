internal import Columnar
internal import CommonDataModel
package import Engine
internal import Expressions

/// Maps the rows of an extract table by one rule.
package struct RuleTransformer: Transformer {
  package let plan: RulePlan
  let layouts: [TableLayout]
  /// Whether the filter reads nothing but the driving table, so that it may go before the joins.
  let filtersFirst: Bool
  /// What happens at each exchange.
  let stops: [Stop]

  package let streams: [StreamDefinition]
  package let exchanges: [ExchangeDefinition]
  package var name: String { plan.name }
  package var source: String { plan.source }
  package var broadcasts: [BroadcastRequest] {
    plan.joins.filter { !$0.isShuffled }.map(\.request)
  }

  package init(_ plan: RulePlan) {
    self.plan = plan
    switch plan.target {
    case .table(let table): layouts = [TableLayout(table, for: plan, isRouted: false)]
    case .event:
      layouts = RuleTransformer.eventTables(plan).map {
        TableLayout($0.table, for: plan, isRouted: true)
      }
    }
    filtersFirst = plan.filter?.inputs.allSatisfy { $0.table == plan.alias } ?? false
    streams =
      layouts.map { StreamDefinition(rule: plan.name, table: $0.table, schema: $0.schema) }
      + [.tombstones(rule: plan.name)]
    stops = RuleTransformer.stops(plan, filtersFirst: filtersFirst)
    exchanges = stops.map { $0.definition(plan) }
  }

  /// The tables to which the rule's rows may go: those of the clinical domains, and visits and
  /// episodes where the rule gives what they require.
  static func eventTables(_ plan: RulePlan) -> [EventTable] {
    let given = Set(plan.fields.map(\.name))
    return EventTable.allCases.filter { table in
      switch table {
      case .visit: given.contains("end_date") || given.contains("end_datetime")
      case .episode: given.contains("episode_object_concept_id")
      default: true
      }
    }
  }

  /// What finishing needs to know of a rule.
  ///
  /// - Parameter parts: the transformers of the rule, one for each extract table, with the positions
  ///   of their first streams in the plan's list.
  /// - Returns: the rule's name, policy, links and streams.
  package static func finishRule(
    _ parts: [(transformer: RuleTransformer, firstStream: Int)]
  ) -> FinishRule {
    let plan = parts[0].transformer.plan
    return FinishRule(
      name: plan.name, identity: plan.identity, policy: plan.policy,
      hasPreference: plan.preference != nil, visitRule: plan.visit?.rule,
      streams: parts.flatMap { part in
        part.firstStream..<part.firstStream + part.transformer.layouts.count
      },
      tombstones: parts.map { $0.firstStream + $0.transformer.layouts.count },
      makesVisits: plan.target.table == .visitOccurrence)
  }

  package func map(
    _ source: SourceBatch, broadcasts: [BroadcastTable], into output: inout MapOutput
  ) throws {
    var frame = RowFrame(source, joins: plan.joins, broadcasts: tables(broadcasts))
    var fates = RowFates(source)
    if filtersFirst { filter(plan.filter, &frame, into: &output) }
    if let unpivot = plan.unpivot {
      let before = Set(frame.rows)
      frame.unpivot(unpivot)
      let empty = before.count - Set(frame.rows).count
      if empty > 0 { output.account.notes["nothing_to_unpivot", default: 0] += empty }
    }
    goOn(from: 0, start: frame, &frame, &fates, into: &output)
    fates.settle(source, rule: plan.name, into: &output)
  }

  package func resume(
    _ exchange: Int, _ rows: SourceBatch, joined: BroadcastTable?, broadcasts: [BroadcastTable],
    into output: inout MapOutput
  ) throws {
    switch stops[exchange] {
    case .join(let index, _):
      var all = tables(broadcasts)
      if let joined { all[index] = joined }
      var frame = RowFrame(
        rows, joins: Array(plan.joins[index...]), broadcasts: Array(all[index...]),
        isCarried: true)
      var fates = RowFates(rows)
      let start = frame
      join(index, &frame, &fates)
      goOn(from: index + 1, start: start, &frame, &fates, into: &output)
      fates.settle(rows, rule: plan.name, into: &output)
    case .group(let group, let columns):
      let groups = GroupWork(group, carried: columns, rows: rows)
      let seen = groups.finish(rule: self, into: &output)
      var frame = RowFrame(seen, joins: [], broadcasts: [], isCarried: true)
      var fates = RowFates(seen)
      let start = frame
      filter(group.having, &frame, into: &output)
      finish(start: start, &frame, &fates, into: &output)
      fates.settle(seen, rule: plan.name, into: &output)
    }
  }

  /// Does the joins from a position on, and what follows them, until the rows have to wait.
  private func goOn(
    from first: Int, start: RowFrame, _ frame: inout RowFrame, _ fates: inout RowFates,
    into output: inout MapOutput
  ) {
    for index in first..<plan.joins.count {
      if plan.joins[index].isShuffled {
        emitTombstones(fates, start, into: &output)
        return wait(at: index, &frame, &fates, into: &output)
      }
      join(index, &frame, &fates)
    }
    for (name, value) in plan.derived {
      let evaluation = frame.evaluate(value)
      rejectCells(evaluation.failures, field: name, frame, into: &output)
      frame.derive(name, evaluation.column)
    }
    if !filtersFirst { filter(plan.filter, &frame, into: &output) }
    if plan.group != nil {
      emitTombstones(fates, start, into: &output)
      return wait(at: nil, &frame, &fates, into: &output)
    }
    finish(start: start, &frame, &fates, into: &output)
  }

  /// Computes keys and fields, and emits.
  private func finish(
    start: RowFrame, _ frame: inout RowFrame, _ fates: inout RowFates, into output: inout MapOutput
  ) {
    requireKeys(&frame, &fates, into: &output)
    var work = RuleOutput(self, frame: frame)
    work.evaluate(into: &output)
    work.expand(into: &output)
    work.emit(&fates, into: &output)
    emitTombstones(fates, start, into: &output)
  }

  /// The tables of all joins; a shuffled one has its rows when its exchange is emptied.
  private func tables(_ broadcasts: [BroadcastTable]) -> [BroadcastTable] {
    var left = broadcasts[...]
    return plan.joins.map { $0.isShuffled ? .empty : left.popFirst() ?? .empty }
  }

  func filter(
    _ condition: CompiledExpression?, _ frame: inout RowFrame, into output: inout MapOutput
  ) {
    guard let condition else { return }
    let evaluation = frame.evaluate(condition)
    rejectCells(evaluation.failures, field: "where", frame, into: &output)
    let column = evaluation.column
    let lanes = column.lanes
    var kept: [Int32] = []
    for row in lanes.indices where lanes[row] == 1 && column.isValid(row) {
      kept.append(Int32(row))
    }
    frame.keep(kept)
  }

  /// Does a join of the rule, which is the next of the frame.
  private func join(_ index: Int, _ frame: inout RowFrame, _ fates: inout RowFates) {
    frame.join()
    let position = frame.joined.count - 1
    let table = frame.broadcasts[position]
    var kept: [Int32] = []
    for (row, partner) in frame.joined[position].enumerated() {
      if partner < 0 {
        if plan.joins[index].isRequired {
          fates.unmatched(frame.rows[row])
          continue
        }
      } else if table.conflicting[Int(partner)] {
        fates.refuse(
          frame.rows[row], .parentQuarantined, parent: table.positions[Int(partner)])
        continue
      }
      kept.append(Int32(row))
    }
    frame.keep(kept)
  }

  func rejectCells(
    _ failures: [EvaluationFailure], field: String, _ frame: RowFrame, into output: inout MapOutput
  ) {
    for failure in failures {
      rejectCell(
        frame.rows[Int(failure.row)], ReasonCode(rawValue: failure.reason.rawValue), field: field,
        frame.source, into: &output)
    }
  }

  func rejectCell(
    _ row: Int32, _ reason: ReasonCode, field: String, _ source: SourceBatch,
    into output: inout MapOutput
  ) {
    output.account.rejectedCells["\(field): \(reason)", default: 0] += 1
    output.refuse(
      QuarantineEntry(
        .cell, at: SourcePosition(packed: source.positions[Int(row)]), rule: plan.name,
        reason: reason, field: field))
  }
}
