internal import Columnar
internal import CommonDataModel
internal import Engine
internal import Expressions

/// The second half of mapping a batch: values, concepts, tables, defaults, rows.
struct RuleOutput {
  /// An output row before its table is filled: a row of the frame and one target of its code.
  private struct Way {
    var row: Int32
    var meaning: Int32
    var target: Int32
  }

  let rule: RuleTransformer
  var frame: RowFrame
  var values: [String: Column] = [:]
  var references: [String: Column] = [:]
  var visit: Column?
  var preference: Column?
  /// The codes that are counted, by the rule's field; the rule's own under the empty name.
  var coded: [String: CodedRows] = [:]
  private var code: Column?
  private var meanings: [ResolvedCode] = []
  /// The ways by layout.
  private var ways: [[Way]] = []

  init(_ rule: RuleTransformer, frame: RowFrame) {
    self.rule = rule
    self.frame = frame
  }

  /// Resolves the codes and lays every row out to the tables of its concepts.
  mutating func expand(into output: inout MapOutput) {
    let layouts = rule.layouts
    ways = [[Way]](repeating: [], count: layouts.count)
    guard let concept = rule.plan.concept else {
      var only = 0
      if case .event(let table) = rule.plan.target { only = layout(for: table) }
      ways[only] = (0..<Int32(frame.count)).map { Way(row: $0, meaning: 0, target: 0) }
      return
    }
    let evaluation = frame.evaluate(concept.code)
    rule.rejectCells(evaluation.failures, field: "concept", frame, into: &output)
    let codes = evaluation.column
    code = sourceCode(concept, computed: codes)
    let (meanings, rows) = concept.resolver.resolve(codes)
    self.meanings = meanings
    if rule.plan.codes != nil {
      coded[""] = CodedRows(codes: codes, rows: rows, areMapped: meanings.map(\.isMapped))
    }
    let layoutOf = meanings.map { meaning in meaning.targets.map { layout(for: $0.table) } }
    for row in 0..<Int32(frame.count) {
      let meaning = rows[Int(row)]
      for (target, layout) in layoutOf[Int(meaning)].enumerated() {
        ways[layout].append(Way(row: row, meaning: meaning, target: Int32(target)))
      }
    }
  }

  private func layout(for table: EventTable) -> Int {
    if rule.layouts.count == 1 { return 0 }
    return rule.layouts.firstIndex { $0.table.name == table.rawValue }
      ?? rule.layouts.firstIndex { $0.table.name == EventTable.observation.rawValue } ?? 0
  }

  /// The code as the source has it: the one text column from which the code is computed, else the
  /// code itself.
  private mutating func sourceCode(_ concept: ConceptPlan, computed: Column) -> Column {
    guard concept.code.inputs.count == 1, concept.code.inputs[0].form == .value else {
      return computed
    }
    let column = frame.column(concept.code.inputs[0])
    return column.type == .text ? column : computed
  }

  /// Fills the tables' rows, refuses those that lack a required field, and emits the rest.
  mutating func emit(_ fates: inout RowFates, into output: inout MapOutput) {
    let drafts = rule.layouts.indices.map { draft($0, &fates, into: &output) }
    // A source row's first row is the one of its first joined row and first target.
    var first = [Rank](
      repeating: Rank(fan: .max, slot: 0, pivot: 0), count: frame.source.batch.count)
    for draft in drafts {
      for (index, rank) in draft.ranks.enumerated() {
        let source = Int(draft.sources[index])
        first[source] = min(first[source], rank)
      }
    }
    let leads = frame.source.leads
    for (index, draft) in drafts.enumerated() where !draft.ranks.isEmpty {
      let causes = draft.ranks.enumerated().map { position, rank -> Int64 in
        let source = Int(draft.sources[position])
        let lead = first[source]
        if rank == lead {
          return leads.isEmpty || leads[source] ? RowCause.first.rawValue : RowCause.join.rawValue
        }
        if rank.fan == lead.fan { return RowCause.mapping.rawValue }
        return rank.pivot == lead.pivot ? RowCause.join.rawValue : RowCause.unpivot.rawValue
      }
      let schema = rule.layouts[index].schema
      var columns = draft.columns
      columns[RowHeader.cause] = Column(.integer, .lanes(causes))
      let ordered = schema.fields.map { field in
        columns[field.name] ?? .nulls(field.type, count: draft.ranks.count)
      }
      output.emit(Batch(schema, ordered, count: draft.ranks.count), stream: index)
    }
  }

  /// Which of the rows that come of one source row a row is.
  private struct Rank: Comparable {
    var fan: Int64
    var slot: Int64
    var pivot: Int64

    static func < (left: Rank, right: Rank) -> Bool {
      (left.fan, left.slot) < (right.fan, right.slot)
    }
  }

  /// The rows of one table, without the cause of each.
  private struct Draft {
    var columns: [String: Column] = [:]
    /// The source row of each row.
    var sources: [Int32] = []
    var ranks: [Rank] = []
  }

  private mutating func draft(
    _ index: Int, _ fates: inout RowFates, into output: inout MapOutput
  ) -> Draft {
    let layout = rule.layouts[index]
    let ways = ways[index]
    if ways.isEmpty { return Draft() }
    let rows = ways.map(\.row)
    let isWhole = rows.count == frame.count && rule.layouts.count == 1 && meanings.isEmpty
    func gather(_ column: Column) -> Column { isWhole ? column : column.gather(rows) }

    var fields: [String: Column] = [:]
    for (field, origin, type) in layout.columns {
      let column: Column
      switch origin {
      case .value(let name): column = gather(values[name] ?? .nulls(type, count: frame.count))
      case .code: column = gather(code ?? .nulls(.text, count: frame.count))
      case .concept: column = integers(ways) { meaning, target in meaning.targets[target].concept }
      case .sourceConcept: column = integers(ways) { meaning, _ in meaning.sourceConcept }
      case .dateOf, .nothing: column = .nulls(type, count: rows.count)
      }
      let cast = FieldCast.cast(
        column, to: field, truncates: rule.plan.truncated.contains(ruleField(origin) ?? field.name))
      for failure in cast.failures {
        rule.rejectCell(
          frame.rows[Int(rows[Int(failure.row)])], failure.reason, field: field.name, frame.source,
          into: &output)
      }
      if cast.cut > 0 { output.account.notes["truncated:\(field.name)", default: 0] += cast.cut }
      fields[field.name] = cast.column
    }
    for (field, origin, _) in layout.columns {
      guard case .dateOf(let datetime) = origin, let stamps = fields[datetime] else { continue }
      fields[field.name] = FieldCast.cast(stamps, to: field, truncates: false).column
    }
    countDropped(layout, rows, into: &output)
    for (type, name) in layout.parts {
      guard let column = fields[name] else { continue }
      let parts = PartColumn(meanings, type)
      guard !parts.isEmpty else { continue }
      let targets = ways.map { (meaning: $0.meaning, target: $0.target) }
      let (filled, notes) = parts.fill(column, targets)
      fields[name] = filled
      output.account.notes.merge(notes, uniquingKeysWith: +)
    }
    for (name, count) in RowDefaults.apply(
      &fields, table: layout.table, delivered: rule.plan.delivered)
    { output.account.notes["default:\(name)", default: 0] += count }

    let kept = requireFields(layout, fields, rows, &fates)
    return finish(layout, ways, fields, kept: kept, &fates, into: &output)
  }

  private func ruleField(_ origin: TableLayout.Origin) -> String? {
    if case .value(let name) = origin { name } else { nil }
  }

  private func integers(
    _ ways: [Way], _ value: (ResolvedCode, Int) -> Int64
  ) -> Column {
    Column(.integer, .lanes(ways.map { value(meanings[Int($0.meaning)], Int($0.target)) }))
  }

  /// Counts the values that a table has no field for.
  private func countDropped(
    _ layout: TableLayout, _ rows: [Int32], into output: inout MapOutput
  ) {
    for name in layout.dropped {
      guard let column = values[name] ?? references[name] else { continue }
      let lost = rows.count { column.isValid(Int($0)) }
      if lost > 0 {
        output.account.notes["no_field:\(layout.table.name).\(name)", default: 0] += lost
      }
    }
  }

  /// Counts the rows that are observations because their domain has no table of its own.
  private func countHomeless(_ ways: [Way], into output: inout MapOutput) {
    guard rule.layouts.count > 1,
      meanings.contains(where: { $0.targets.contains { $0.homelessDomain != nil } })
    else { return }
    for way in ways {
      let target = meanings[Int(way.meaning)].targets[Int(way.target)]
      if let domain = target.homelessDomain {
        output.account.notes["to_observation:\(domain)", default: 0] += 1
      }
    }
  }

  /// The rows that have every field the CDM requires; the others are refused.
  private mutating func requireFields(
    _ layout: TableLayout, _ fields: [String: Column], _ rows: [Int32], _ fates: inout RowFates
  ) -> [Int32] {
    var kept = [Bool](repeating: true, count: rows.count)
    for (field, origin, _) in layout.columns where field.isRequired {
      guard let column = fields[field.name], column.nullCount > 0 else { continue }
      for row in rows.indices where !column.isValid(row) && kept[row] {
        kept[row] = false
        let frameRow = Int(rows[row])
        var parent: Int64?
        if let expression = expression(behind: origin, layout) {
          parent = frame.parent(ofNull: expression, row: frameRow)
        }
        fates.refuse(
          frame.rows[frameRow], parent == nil ? .requiredMissing : .parentQuarantined,
          field: field.name, parent: parent)
      }
    }
    return kept.indices.filter { kept[$0] }.map { Int32($0) }
  }

  /// The expression from which a field comes, through its datetime if need be.
  private func expression(
    behind origin: TableLayout.Origin, _ layout: TableLayout
  ) -> CompiledExpression? {
    switch origin {
    case .value(let name):
      for field in rule.plan.fields where field.name == name {
        if case .expression(let expression) = field.value { return expression }
      }
      return nil
    case .dateOf(let datetime):
      let column = layout.columns.first { $0.field.name == datetime }
      return column.flatMap { expression(behind: $0.origin, layout) }
    default: return nil
    }
  }

  private mutating func finish(
    _ layout: TableLayout, _ ways: [Way], _ fields: [String: Column], kept: [Int32],
    _ fates: inout RowFates, into output: inout MapOutput
  ) -> Draft {
    let isAll = kept.count == ways.count
    let rows = kept.map { ways[Int($0)].row }
    let sources = rows.map { frame.rows[Int($0)] }
    for source in sources { fates.pass(source) }
    var columns = isAll ? fields : fields.mapValues { $0.gather(kept) }
    let slots = kept.map { way -> Int64 in
      let way = ways[Int(way)]
      return meanings.isEmpty ? 0 : meanings[Int(way.meaning)].targets[Int(way.target)].slot
    }
    if let code, !meanings.isEmpty {
      for way in kept.lazy.map({ ways[Int($0)] })
      where way.target == 0 && code.isValid(Int(way.row)) {
        let meaning = meanings[Int(way.meaning)]
        if meaning.isWithoutTarget {
          output.account.notes["without_target", default: 0] += 1
        } else if !meaning.isMapped {
          output.account.unmapped += 1
        }
      }
    }
    countHomeless(kept.map { ways[Int($0)] }, into: &output)
    let source = frame.source
    func own(_ name: String) -> Column {
      frame.column(Input(table: nil, column: name)).gather(rows)
    }
    let fans = rows.map { frame.fan[Int($0)] }
    columns[RowHeader.person] = own(RuleTransformer.personColumn)
    columns[RowHeader.key] = own(RuleTransformer.keyColumn)
    func words(_ words: [UInt64]) -> Column {
      Column(.integer, .lanes(sources.map { Int64(bitPattern: words[Int($0)]) }))
    }
    columns[RowHeader.content0] = words(source.content0)
    columns[RowHeader.content1] = words(source.content1)
    columns[RowHeader.position] = Column(
      .integer, .lanes(sources.map { source.positions[Int($0)] }))
    columns[RowHeader.fan] = Column(.integer, .lanes(fans))
    columns[RowHeader.slot] = Column(.integer, .lanes(slots))
    if let visit { columns[RowHeader.visit] = visit.gather(rows) }
    if let preference { columns[RowHeader.preference] = preference.gather(rows) }
    for reference in layout.references {
      columns[Reference(field: reference.field, rule: reference.rule).column] =
        references[reference.source]?.gather(rows)
    }
    if !layout.counted.isEmpty {
      // One row stands for a code that has several concepts.
      let areFirst = kept.map { ways[Int($0)].target == 0 }
      for counted in layout.counted {
        columns[counted.column] = coded[counted.source ?? ""]?.numbers(
          of: rows, areFirst, counted.place)
      }
    }
    let pivots = rows.map { frame.pivot[Int($0)] }
    return Draft(
      columns: columns, sources: sources,
      ranks: fans.indices.map { Rank(fan: fans[$0], slot: slots[$0], pivot: pivots[$0]) })
  }
}
