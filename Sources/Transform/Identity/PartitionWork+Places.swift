internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Gives every row that will be written, and every derived one, its place among its person's ids.
  mutating func assignPlaces(_ ledger: Ledger, buckets: Range<Int>) throws {
    derive()
    let remembered = try ledger.exceptions(in: buckets)
    let known = RowIdentities(self)
    places = [Int64](repeating: 0, count: emitted.count)
    derivedPlaces = [Int64](repeating: 0, count: derived.count)

    // The rows of one person, by counting: emitted rows first, then the derived ones.
    var starts = [Int](repeating: 0, count: persons.count + 1)
    for row in emitted { starts[Int(row.person) + 1] += 1 }
    for row in derived { starts[Int(row.era.person) + 1] += 1 }
    for person in persons.indices { starts[person + 1] += starts[person] }
    var next = starts
    var members = [Int](repeating: 0, count: starts[persons.count])
    for (index, row) in emitted.enumerated() {
      members[next[Int(row.person)]] = index
      next[Int(row.person)] += 1
    }
    for (index, row) in derived.enumerated() {
      members[next[Int(row.era.person)]] = emitted.count + index
      next[Int(row.era.person)] += 1
    }

    for person in persons.indices where starts[person] < starts[person + 1] {
      let own = members[starts[person]..<starts[person + 1]]
      let identities = own.map { index in
        index < emitted.count
          ? known.identity(of: emitted[index]) : derived[index - emitted.count].identity
      }
      let id = personIDs[person]
      let (chosen, exceptions) = EventPlaces.assign(identities, remembered: remembered[id] ?? [:])
      for (index, place) in zip(own, chosen) {
        if index >= emitted.count {
          derivedPlaces[index - emitted.count] = place
        } else {
          places[index] = place
        }
      }
      for exception in exceptions {
        result.ledger.exceptions.append((id, exception.identity, exception.place))
      }
    }
  }

  /// The id of a row that will be written.
  func id(_ index: Int) -> Int64 {
    personIDs[Int(emitted[index].person)] << EventIdentity.bits | places[index]
  }
}

/// Tells the identities of the rows of a partition.
///
/// A class with no more than it needs: asked once for each row, a copy of the partition's work would cost
/// more than the answer.
final class RowIdentities {
  private let rules: [UInt64]
  private let keys: [[Digest]]
  private let slots: [[Int64]]

  init(_ work: PartitionWork) {
    rules = work.plan.identities
    keys = work.tables.map(\.key)
    slots = work.tables.map(\.slot)
  }

  /// What makes the id of a row that will be written.
  func identity(of row: PartitionWork.Emitted) -> Digest {
    let table = Int(row.table)
    return EventIdentity.digest(
      rule: rules[Int(row.rule)], key: keys[table][Int(row.row)], ordinal: row.ordinal,
      slot: slots[table][Int(row.row)])
  }
}
