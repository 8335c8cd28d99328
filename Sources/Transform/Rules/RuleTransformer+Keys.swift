internal import Columnar
internal import Engine
internal import Expressions

/// The person and the key of each source row, as far as they are known.
struct RowOwners {
  var person: [Digest?]
  var key: [Digest?]
}

extension RuleTransformer {
  /// The name under which a frame holds the digests of the person.
  static let personColumn = "#person"
  /// The name under which a frame holds the digests of the key.
  static let keyColumn = "#key"

  /// Computes person and key, refuses the rows that lack one, and keeps the digests in the frame.
  func requireKeys(_ frame: inout RowFrame, _ fates: inout RowFates) -> RowOwners {
    let count = frame.source.batch.count
    var owners = RowOwners(
      person: .init(repeating: nil, count: count), key: .init(repeating: nil, count: count))
    let key = frame.key(plan.key, hasher: plan.hasher)
    let person = plan.person.map { frame.evaluate($0).column } ?? key
    let rows = frame.rows
    let people = person.digests
    let keys = key.digests
    var kept: [Int32] = []
    for row in rows.indices {
      let source = Int(rows[row])
      if person.isValid(row) { owners.person[source] = people[row] }
      if key.isValid(row) { owners.key[source] = keys[row] }
      if let expression = plan.person, !person.isValid(row) {
        let parent = frame.parent(ofNull: expression, row: row)
        fates.refuse(
          rows[row], parent == nil ? .personMissing : .parentQuarantined, parent: parent)
      } else if !key.isValid(row) {
        var parent: Int64?
        for part in plan.key.parts where parent == nil {
          parent = frame.parent(ofNull: part, row: row)
        }
        fates.refuse(rows[row], parent == nil ? .keyMissing : .parentQuarantined, parent: parent)
      } else {
        kept.append(Int32(row))
      }
    }
    frame.derive(Self.personColumn, person)
    frame.derive(Self.keyColumn, key)
    frame.keep(kept)
    return owners
  }

  /// Sends a stone for each refused row whose person is known: others may name it as their parent.
  func emitTombstones(
    _ fates: RowFates, _ owners: RowOwners, _ source: SourceBatch, into output: inout MapOutput
  ) {
    let rows = fates.refused.filter { owners.person[Int($0)] != nil }
    guard !rows.isEmpty, let definition = streams.last else { return }
    let zeros = Column.constant(0, count: rows.count)
    let columns = [
      Column(.digest, .digests(rows.map { owners.person[Int($0)] ?? .zero })),
      Column(.digest, .digests(rows.map { owners.key[Int($0)] ?? .zero })),
      zeros, zeros,
      Column(.integer, .lanes(rows.map { source.positions[Int($0)] })),
      zeros, zeros, zeros,
    ]
    output.emit(Batch(definition.schema, columns, count: rows.count), stream: streams.count - 1)
  }
}
