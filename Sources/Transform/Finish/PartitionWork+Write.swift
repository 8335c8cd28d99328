internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// A row of the result: its id, and which row of its table gives its values.
  private struct OutputRow {
    var id: Int64
    var person: Int32
    /// The position in `emitted`; of a person, in `mergedPersons`.
    var number: Int32
    /// The row of the table.
    var row: Int32
  }

  /// Puts the finished rows of every table into the result, each table in the order of its key.
  mutating func writeRows() {
    let finder = finder
    writePersons(finder)
    for index in tables.indices { write(index, finder) }
    writeDerived()
  }

  /// Puts the finished rows of a table into the result.
  mutating func write(_ index: Int, _ finder: LinkFinder) {
    var rows: [OutputRow] = []
    rows.reserveCapacity(numbers[index].count)
    for number in numbers[index] {
      let row = emitted[Int(number)]
      guard !isRefused[Int(row.person)] else { continue }
      rows.append(
        OutputRow(id: id(Int(number)), person: row.person, number: number, row: row.row))
    }
    write(index, &rows, finder)
  }

  mutating func writePersons(_ finder: LinkFinder) {
    guard let index = tables.firstIndex(where: { $0.table.name == "person" }) else { return }
    // Persons are numbered by bucket and sequence; sequences of earlier runs are not in the order
    // of digests.
    let order = mergedPersons.enumerated().compactMap { number, merged in
      isRefused[Int(merged.person)]
        ? nil
        : OutputRow(
          id: personIDs[Int(merged.person)], person: merged.person, number: Int32(number),
          row: merged.lead)
    }.sorted { $0.id < $1.id }
    let merged = order.enumerated().map { place, row in
      (place: place, sources: mergedPersons[Int(row.number)].sources)
    }
    let columns = RowMerge(tables[index]).gather(order.map(\.row), merged: merged)
    add(index, order, columns, origins(index, order, merged), finder)
  }

  private mutating func write(
    _ index: Int, _ order: inout [OutputRow], _ finder: LinkFinder
  ) {
    guard !order.isEmpty else { return }
    order.sort { $0.id < $1.id }
    let rows = tables[index]
    var merged: [(place: Int, sources: [Int32])] = []
    if !mergedSources.isEmpty, mergers[index] != nil || rows.table == .visitOccurrence {
      for (place, row) in order.enumerated() {
        if let sources = mergedSources[row.number] { merged.append((place, sources)) }
      }
    }
    var columns = RowMerge(rows).gather(order.map(\.row), merged: merged)
    if rows.table == .visitOccurrence { completeVisits(&columns, order, merged.map(\.place)) }
    identify(
      &columns, of: rows.table, ids: order.map(\.id),
      visits: order.map { emitted[Int($0.number)].visit })
    add(index, order, columns, origins(index, order, merged), finder)
  }

  /// Gives rows their ids, and those that name a visit the id of that.
  ///
  /// - Parameters:
  ///   - columns: the columns of the rows.
  ///   - table: their table.
  ///   - ids: their ids.
  ///   - visits: the positions in `emitted` of the visits that they name, or −1.
  func identify(
    _ columns: inout [String: Column], of table: CDMTable, ids: [Int64], visits: [Int32]
  ) {
    if let key = table.primaryKey { columns[key.name] = Column(.integer, .lanes(ids)) }
    // A visit does not lie within a visit; its own key has the same name.
    guard table.field("visit_occurrence_id") != nil, table != .visitOccurrence else { return }
    let own = columns["visit_occurrence_id"]
    var builder = ColumnBuilder(.integer, capacity: ids.count)
    for (position, visit) in visits.enumerated() {
      if visit >= 0 {
        builder.append(lane: id(Int(visit)))
      } else if let own, own.isValid(position) {
        builder.append(lane: own.lanes[position])
      } else {
        builder.appendNull()
      }
    }
    columns["visit_occurrence_id"] = builder.finish()
  }

  /// Gives visits that are made of several rows their class, and visits the one before them.
  private func completeVisits(
    _ columns: inout [String: Column], _ order: [OutputRow], _ merged: [Int]
  ) {
    if let concepts = columns["visit_concept_id"], !merged.isEmpty {
      var lanes = concepts.lanes
      for place in merged {
        if let concept = mergedConcepts[order[place].number] { lanes[place] = concept }
      }
      columns["visit_concept_id"] = Column(
        concepts.type, .lanes(lanes), validity: concepts.validity)
    }
    guard !preceding.isEmpty else { return }
    let field = "preceding_visit_occurrence_id"
    let own = columns[field]
    var before = ColumnBuilder(.integer, capacity: order.count)
    for (place, row) in order.enumerated() {
      if let own, own.isValid(place) {
        before.append(lane: own.lanes[place])
      } else if let other = preceding[row.number] {
        before.append(lane: id(Int(other)))
      } else {
        before.appendNull()
      }
    }
    columns[field] = before.finish()
  }

  /// Where rows come from, if that is asked for.
  private func origins(
    _ index: Int, _ order: [OutputRow], _ merged: [(place: Int, sources: [Int32])]
  ) -> [RowOrigin] {
    guard plan.isTracing else { return [] }
    var sources = order.map { [$0.row] }
    for one in merged { sources[one.place] = mergedMembers[order[one.place].number] ?? one.sources }
    return tables[index].origins(leads: order.map(\.row), sources: sources, rules: plan.rules)
  }

  /// Adds the rows of a table, their persons given and their references resolved.
  private mutating func add(
    _ index: Int, _ order: [OutputRow], _ columns: [String: Column], _ origins: [RowOrigin],
    _ finder: LinkFinder
  ) {
    guard !order.isEmpty else { return }
    let rules = tables[index].rules
    add(
      columns, to: tables[index].table, persons: order.map(\.person),
      rule: { Int(rules[Int(order[$0].row)]) }, origins: origins, finder)
  }

  /// Adds rows, their persons given and their references resolved.
  ///
  /// - Parameters:
  ///   - columns: the columns of the rows.
  ///   - table: their table.
  ///   - persons: the person of each row.
  ///   - rule: the rule that makes a row.
  ///   - origins: where the rows come from, if that is asked for.
  ///   - finder: finds the rows that they name.
  mutating func add(
    _ columns: [String: Column], to table: CDMTable, persons: [Int32], rule: (Int) -> Int,
    origins: [RowOrigin] = [], _ finder: LinkFinder
  ) {
    if let counter = plan.codes {
      codes?.count(columns, of: table, persons: persons) { counter.unit(of: $0, in: $1) }
    }
    var columns = columns
    columns["person_id"] = Column(.integer, .lanes(persons.map { personIDs[Int($0)] }))
    let missing = Reference.resolve(&columns, of: table) { reference in
      finder.find(reference, persons)
    }
    for (field, row) in missing {
      tallies[rule(row)].notes["reference_not_found:\(field)", default: 0] += 1
    }
    result.add(columns, to: table, count: persons.count, origins: origins)
  }

  /// What finds the rows that others name, once all have their ids.
  var finder: LinkFinder { LinkFinder(self) }
}

extension FinishedPartition {
  /// Adds rows of a table by their columns, in the order of the table's fields.
  mutating func add(
    _ columns: [String: Column], to table: CDMTable, count: Int, origins: [RowOrigin] = []
  ) {
    let filled = table.fields.compactMap { field in
      columns[field.name].map { (Field(field.name, $0.type), $0) }
    }
    let batch = Batch(Schema(filled.map(\.0)), filled.map(\.1), count: count)
    rows.append(FinishedRows(table: table, batch: batch, origins: origins))
  }
}

extension TableRows {
  /// Where rows of the table come from.
  ///
  /// - Parameters:
  ///   - leads: of each row, the one that gives it its rule.
  ///   - sources: of each row, those that give it its values.
  ///   - rules: the rules by their numbers.
  /// - Returns: the rule and the places of each row.
  func origins(leads: [Int32], sources: [[Int32]], rules: [FinishRule]) -> [RowOrigin] {
    zip(leads, sources).map { lead, sources in
      RowOrigin(
        rule: rules[Int(self.rules[Int(lead)])].name,
        positions: Set(sources.filter { $0 >= 0 }.map { position[Int($0)] }).sorted()
          .map(SourcePosition.init(packed:)))
    }
  }
}
