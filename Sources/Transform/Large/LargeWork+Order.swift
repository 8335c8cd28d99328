internal import Columnar
internal import CommonDataModel
internal import Engine

extension LargeWork {
  /// Gives all rows their places, as `PartitionWork.assignPlaces` does.
  ///
  /// Nearly every row has a place of its own to ask for. The identities of the others are gathered
  /// and settled; of the first only the places are known.
  mutating func assignPlaces(_ ledger: Ledger) throws {
    trunk.derive()
    let remembered = try ledger.exceptions(in: partition.buckets)
    var identities = [Digest](repeating: .zero, count: trunk.emitted.count)
    for (number, identity) in named { identities[Int(number)] = identity }
    named = []
    let known = RowIdentities(trunk)
    for (number, row) in trunk.emitted.enumerated() where row.row >= 0 {
      identities[number] = known.identity(of: row)
      asked.append(LargeWork.place(of: row.person, identities[number]))
    }
    let derived = trunk.derived.map(\.identity)
    for (row, identity) in zip(trunk.derived, derived) {
      asked.append(LargeWork.place(of: row.era.person, identity))
    }
    asked.sort()
    let contested = contested(remembered)
    if !contested.isEmpty {
      var claims: [Int32: [Digest]] = [:]
      func claim(_ person: Int32, _ identity: Digest) {
        if contested.contains(LargeWork.place(of: person, identity)) {
          claims[person, default: []].append(identity)
        }
      }
      for (row, identity) in zip(trunk.emitted, identities) { claim(row.person, identity) }
      for (row, identity) in zip(trunk.derived, derived) { claim(row.era.person, identity) }
      try forEachKept { _, batch in
        // Those that others may name are among the emitted.
        let rows = zip(batch.columns[0].digests, batch.columns[1].digests)
        for (owner, identity) in rows where !plan.isLinked[Int(KeptRow(owner).rule)] {
          claim(KeptRow(owner).person, identity)
        }
      }
      for (person, identities) in claims.sorted(by: { $0.key < $1.key }) {
        settle(
          identities, of: person, contested, remembered[trunk.personIDs[Int(person)]] ?? [:])
      }
    }
    trunk.places = zip(trunk.emitted, identities).map { place(of: $0.person, $1) }
    trunk.derivedPlaces = zip(trunk.derived, derived).map { place(of: $0.era.person, $1) }
  }

  /// The places that several rows ask for, and those that a remembered row has or asks for.
  private func contested(_ remembered: [Int64: [Digest: Int64]]) -> Set<UInt64> {
    var contested: Set<UInt64> = []
    for (one, next) in zip(asked, asked.dropFirst()) where one == next { contested.insert(one) }
    for (person, id) in trunk.personIDs.enumerated() where !trunk.isRefused[person] {
      for (identity, place) in remembered[id] ?? [:] {
        contested.insert(UInt64(person) << UInt64(EventIdentity.bits) | UInt64(place))
        contested.insert(LargeWork.place(of: Int32(person), identity))
      }
    }
    return contested
  }

  private mutating func settle(
    _ identities: [Digest], of person: Int32, _ contested: Set<UInt64>,
    _ remembered: [Digest: Int64]
  ) {
    let asked = asked
    let (places, exceptions) = EventPlaces.assign(identities, remembered: remembered) { place in
      let wanted = UInt64(person) << UInt64(EventIdentity.bits) | UInt64(place)
      guard !contested.contains(wanted) else { return false }
      let next = LargeWork.first(from: wanted, in: asked)
      return next < asked.count && asked[next] == wanted
    }
    for (identity, place) in zip(identities, places) where place != EventIdentity.place(identity) {
      moved[Moved(person: person, identity: identity)] = place
    }
    for exception in exceptions {
      trunk.result.ledger.exceptions.append(
        (trunk.personIDs[Int(person)], exception.identity, exception.place))
    }
  }

  /// The place that a row has.
  private func place(of person: Int32, _ identity: Digest) -> Int64 {
    moved.isEmpty
      ? EventIdentity.place(identity)
      : moved[Moved(person: person, identity: identity)] ?? EventIdentity.place(identity)
  }

  /// The id of a row.
  func id(of person: Int32, _ identity: Digest) -> Int64 {
    trunk.personIDs[Int(person)] << EventIdentity.bits | place(of: person, identity)
  }

  /// Counts the rows that wait, refuses those whose persons are not written, and brings the others into
  /// slices by their ids.
  mutating func order() throws {
    let bits = UInt64(EventIdentity.bits)
    for index in asked.indices {
      asked[index] =
        UInt64(trunk.personIDs[Int(asked[index] >> bits)]) << bits
        | asked[index] & (1 << bits - 1)
    }
    asked.sort()
    let count = asked.count
    let asked = asked
    // About as many rows in each slice; that some have been moved matters little.
    let bounds =
      count == 0 ? [] : (1..<Buckets.count).map { asked[$0 * count / Buckets.count] }
    self.asked = []
    let ordered = partition.store(schemas)
    try forEachKept { table, batch in
      let (owners, identities) = (batch.columns[0].digests, batch.columns[1].digests)
      let (positions, causes) = (batch.columns[2].lanes, batch.columns[3].lanes)
      var rows: [Int32] = []
      var slices: [Digest] = []
      for (place, digest) in owners.enumerated() {
        let row = KeptRow(digest)
        if trunk.isRefused[Int(row.person)] {
          trunk.refuse(
            rule: Int(row.rule), cause: causes[place], position: positions[place],
            .parentQuarantined, parent: trunk.refusals[Int(row.person)]?.parent)
          continue
        }
        trunk.tallies[Int(row.rule)].write(table: table, cause: causes[place])
        let id = UInt64(id(of: row.person, identities[place]))
        rows.append(Int32(place))
        slices.append(row.digest(slice: LargeWork.first(from: id + 1, in: bounds)))
      }
      var columns = batch.gather(rows).columns
      columns[0] = Column(.digest, .digests(slices))
      try ordered.add(Batch(schemas[table], columns, count: rows.count), stream: table)
    }
    kept = ordered
  }

  /// Calls the body with all rows that wait, by table, in no particular order.
  private func forEachKept(_ body: (_ table: Int, Batch) throws -> Void) throws {
    try kept.empty()
    try kept.forEachBatch(
      of: Array(schemas.indices), buckets: 0..<Buckets.count, body)
  }

  /// The position of the first of ascending numbers that is not below a number.
  private static func first(from number: UInt64, in numbers: [UInt64]) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
