internal import Columnar
internal import CommonDataModel
package import Engine
internal import Expressions

/// Maps the rows of an extract table by one rule.
package struct RuleTransformer: Transformer {
  let plan: RulePlan
  let layouts: [TableLayout]
  /// Whether the filter reads nothing but the driving table, so that it may go before the joins.
  private let filtersFirst: Bool

  package let streams: [StreamDefinition]
  package var name: String { plan.name }
  package var source: String { plan.source }
  package var broadcasts: [BroadcastRequest] { plan.joins.map(\.request) }

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

  /// What finishing needs to know of the rule.
  ///
  /// - Parameter firstStream: the position of the rule's first stream in the plan's list.
  /// - Returns: the rule's name, policy, links and streams.
  package func finishRule(firstStream: Int) -> FinishRule {
    FinishRule(
      name: plan.name, identity: plan.identity, policy: plan.policy,
      hasPreference: plan.preference != nil, visitRule: plan.visit?.rule,
      streams: Array(firstStream..<firstStream + layouts.count),
      tombstones: firstStream + layouts.count)
  }

  package func map(
    _ source: SourceBatch, broadcasts: [BroadcastTable], into output: inout MapOutput
  ) throws {
    var frame = RowFrame(source, joins: plan.joins, broadcasts: broadcasts)
    var fates = RowFates(count: source.batch.count)
    if filtersFirst { filter(&frame, into: &output) }
    for index in plan.joins.indices { join(index, &frame, &fates) }
    for (name, value) in plan.derived {
      let evaluation = frame.evaluate(value)
      rejectCells(evaluation.failures, field: name, frame, into: &output)
      frame.derive(name, evaluation.column)
    }
    if !filtersFirst { filter(&frame, into: &output) }
    requireKeys(&frame, &fates, into: &output)
    var work = RuleOutput(self, frame: frame)
    work.evaluate(into: &output)
    work.expand(into: &output)
    work.emit(&fates, into: &output)
    emitTombstones(fates, source, broadcasts, into: &output)
    fates.settle(source, rule: plan.name, into: &output)
  }

  private func filter(_ frame: inout RowFrame, into output: inout MapOutput) {
    guard let filter = plan.filter else { return }
    let evaluation = frame.evaluate(filter)
    rejectCells(evaluation.failures, field: "where", frame, into: &output)
    let column = evaluation.column
    let lanes = column.lanes
    var kept: [Int32] = []
    for row in lanes.indices where lanes[row] == 1 && column.isValid(row) {
      kept.append(Int32(row))
    }
    frame.keep(kept)
  }

  private func join(_ index: Int, _ frame: inout RowFrame, _ fates: inout RowFates) {
    frame.join()
    let table = frame.broadcasts[index]
    var kept: [Int32] = []
    for (row, partner) in frame.joined[index].enumerated() {
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
