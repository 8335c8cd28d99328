internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Gives every row that will be written, and every derived one, its place among its person's ids.
  mutating func assignPlaces(_ ledger: Ledger, buckets: Range<Int>) throws {
    derive()
    let remembered = try ledger.exceptions(in: buckets)
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
          ? identity(of: emitted[index]) : identity(of: derived[index - emitted.count])
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

  /// What makes the id of a row that will be written.
  func identity(of row: Emitted) -> Digest {
    let table = Int(row.table)
    return EventIdentity.digest(
      rule: plan.identities[Int(row.rule)], key: tables[table].key[Int(row.row)],
      ordinal: row.ordinal, slot: tables[table].slot[Int(row.row)])
  }

  /// What makes the id of a derived row.
  func identity(of row: DerivedRow) -> Digest {
    EventIdentity.digest(rule: row.kind.identity, key: row.key, ordinal: 0, slot: 0)
  }

  /// The id of a row that will be written.
  func id(_ index: Int) -> Int64 {
    personIDs[Int(emitted[index].person)] << EventIdentity.bits | places[index]
  }
}
