internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// The most rows that one person may have: half as many as there are ids.
  static let personLimit = 1 << 24

  /// Merges the demographic rows of each person into one; a person without any stays refused.
  mutating func mergePersons() {
    var firstTombstone: [Int32: Int64] = [:]
    func remember(_ person: Digest, _ position: Int64) {
      guard let number = numbers[person] else { return }
      firstTombstone[number] = min(firstTombstone[number] ?? .max, position)
    }
    for stone in tombstones where isPersonRule(stone.rule) {
      guard let people = stone.batch[RowHeader.person]?.digests,
        let positions = stone.batch[RowHeader.position]?.lanes
      else { continue }
      for row in people.indices { remember(people[row], positions[row]) }
    }
    var rowCounts = [Int](repeating: 0, count: persons.count)
    for rows in tables {
      for person in rows.person { rowCounts[Int(numbers[person] ?? 0)] += 1 }
    }
    if let index = tables.firstIndex(where: { $0.table.name == "person" }) {
      let rows = tables[index]
      var groups = [[Int32]](repeating: [], count: persons.count)
      for row in 0..<rows.count { groups[Int(numbers[rows.person[row]] ?? 0)].append(Int32(row)) }
      let merge = RowMerge(rows)
      for (number, group) in groups.enumerated() where !group.isEmpty {
        let at = { RowReference(table: Int32(index), row: $0) }
        let outcome = rowCounts[number] > Self.personLimit ? .conflicting : merge.merge(group)
        switch outcome {
        case .merged(let lead, let sources):
          refused[number] = nil
          mergedPersons.append((Int32(number), sources))
          for row in group {
            book(
              at(row), rule: Int(rows.rules[Int(row)]), fate: row == lead ? .emitted : .collapsed)
          }
        case .conflicting:
          let reason: ReasonCode =
            rowCounts[number] > Self.personLimit ? .personTooLarge : .conflictingRows
          for row in group {
            book(
              at(row), rule: Int(rows.rules[Int(row)]), fate: .refused(reason, parent: nil))
            remember(rows.person[Int(row)], rows.position[Int(row)])
          }
        }
      }
    }
    for (number, position) in firstTombstone where refused[Int(number)] != nil {
      refused[Int(number)] = (.parentQuarantined, position)
    }
  }

  private func isPersonRule(_ rule: Int) -> Bool {
    plan.rules[rule].streams.contains { plan.streams[$0].table?.name == "person" }
  }

  /// Gives each person that is written the id the ledger knows, or the next of its bucket, in the
  /// order of the digests.
  mutating func numberPersons(_ ledger: Ledger, buckets: Range<Int>) throws {
    let known = try ledger.persons(in: buckets)
    for (number, digest) in persons.enumerated() where refused[number] == nil {
      let bucket = Buckets.of(digest)
      let sequence: Int64
      if let old = known.sequences[digest] {
        sequence = old
      } else {
        sequence = (result.ledger.lastSequence[bucket] ?? known.last[bucket] ?? 0) + 1
        guard sequence < 1 << 16 else { throw LedgerError.bucketFull(bucket) }
        result.ledger.lastSequence[bucket] = sequence
        result.ledger.persons.append((digest, sequence))
      }
      personIDs[number] = Int64(bucket) << 16 + sequence
    }
  }
}
