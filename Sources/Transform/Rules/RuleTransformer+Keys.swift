internal import Columnar
internal import CommonDataModel
internal import Engine
internal import Expressions

extension RuleTransformer {
  /// The name under which a frame holds the digests of the person.
  static let personColumn = "#person"
  /// The name under which a frame holds the digests of the key.
  static let keyColumn = "#key"

  /// Computes person and key, refuses the rows that lack one, and keeps the digests in the frame.
  func requireKeys(
    _ frame: inout RowFrame, _ fates: inout RowFates, into output: inout MapOutput
  ) {
    let key = frame.key(plan.key, hasher: plan.hasher)
    rejectCells(key.failures, field: "key", frame, into: &output)
    let person = owner(&frame, key: key.column)
    rejectCells(person.failures, field: "person", frame, into: &output)
    var kept: [Int32] = []
    for (row, source) in frame.rows.enumerated() {
      if let expression = plan.person, !person.column.isValid(row) {
        let parent = frame.parent(ofNull: expression, row: row)
        fates.refuse(source, parent == nil ? .personMissing : .parentQuarantined, parent: parent)
      } else if !key.column.isValid(row) {
        var parent: Int64?
        for part in plan.key.parts where parent == nil {
          parent = frame.parent(ofNull: part, row: row)
        }
        fates.refuse(source, parent == nil ? .keyMissing : .parentQuarantined, parent: parent)
      } else {
        kept.append(Int32(row))
      }
    }
    frame.derive(Self.personColumn, person.column)
    frame.derive(Self.keyColumn, key.column)
    frame.keep(kept)
  }

  /// The person of each row; of a row without persons, its own key.
  private func owner(_ frame: inout RowFrame, key: Column) -> Evaluation {
    plan.person.map { frame.evaluate($0) } ?? Evaluation(column: key, failures: [])
  }

  /// Sends a stone for each refused row whose person is known: others may name it as their parent.
  ///
  /// The rows are few; they are joined and read once more, so that a row refused by a join has its
  /// stone as well. A row that is refused before a join or a group brings what names its person has
  /// none.
  ///
  /// - Parameters:
  ///   - fates: what became of the rows.
  ///   - start: the rows before the joins.
  ///   - output: gets the stones.
  func emitTombstones(_ fates: RowFates, _ start: RowFrame, into output: inout MapOutput) {
    let refused = Set(fates.refused)
    guard !refused.isEmpty, plan.person != nil, let definition = streams.last else { return }
    var frame = start
    frame.keep(start.rows.indices.filter { refused.contains(start.rows[$0]) }.map { Int32($0) })
    for _ in frame.joins { frame.join() }
    for (name, value) in plan.derived where frame.canRead(value) {
      frame.derive(name, frame.evaluate(value).column)
    }
    let needed = plan.key.parts + [plan.person].compactMap(\.self)
    guard needed.allSatisfy({ frame.canRead($0) }) else { return }
    let key = frame.key(plan.key, hasher: plan.hasher).column
    let person = owner(&frame, key: key).column
    let rows = person.digests.indices.filter { person.isValid($0) }.map { Int32($0) }
    // A stone without a key explains the person's other rows, and none by its own key.
    let zeros = Column.constant(0, count: rows.count)
    let columns = [
      person.gather(rows),
      Column(.digest, .digests(rows.map { key.isValid(Int($0)) ? key.digests[Int($0)] : .zero })),
      zeros, zeros,
      Column(
        .integer, .lanes(rows.map { frame.source.positions[Int(frame.rows[Int($0)])] })),
      zeros, zeros, zeros,
    ]
    output.emit(Batch(definition.schema, columns, count: rows.count), stream: streams.count - 1)
  }
}
