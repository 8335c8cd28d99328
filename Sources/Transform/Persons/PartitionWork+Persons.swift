internal import Columnar
internal import CommonDataModel
internal import Engine

extension PartitionWork {
  /// Merges the demographic rows of each person into one; a person without any stays refused.
  mutating func mergePersons() {
    var explanations = personStones()
    for index in tables.indices where tables[index].table.name == "person" {
      let rows = tables[index]
      var groups = [[Int32]](repeating: [], count: persons.count)
      for (row, person) in people[index].enumerated() { groups[Int(person)].append(Int32(row)) }
      let merge = RowMerge(rows)
      for (number, group) in groups.enumerated() where !group.isEmpty {
        let isTooLarge = sizes[number] > plan.personLimit
        switch isTooLarge ? .conflicting : merge.merge(group) {
        case .merged(let lead, let sources):
          refusals[number] = nil
          mergedPersons.append((Int32(number), lead, book(index, group, lead: lead), sources))
        case .conflicting:
          for row in group {
            refuse(
              table: index, row: Int(row), rule: Int(rows.rules[Int(row)]),
              isTooLarge ? .personTooLarge : .conflictingRows)
            explanations[number] = min(explanations[number], rows.position[Int(row)])
          }
        }
      }
    }
    for (number, position) in explanations.enumerated()
    where position < .max && refusals[number] != nil {
      refusals[number] = Refusal(reason: .parentQuarantined, parent: position)
    }
    isRefused = refusals.map { $0 != nil }
    linkPersons()
  }

  /// Makes the persons known to rows that name them by the keys of their demographic rows.
  private mutating func linkPersons() {
    for index in tables.indices where tables[index].table.name == "person" {
      let rows = tables[index]
      for row in 0..<rows.count where plan.isLinked[Int(rows.rules[row])] {
        let person = people[index][row]
        let key = LinkKey(rule: rows.rules[row], person: person, key: rows.key[row])
        if isRefused[Int(person)] {
          remember(key, refusedAt: rows.position[row])
        } else {
          links.set(key, .person(person))
        }
      }
    }
  }

  /// For each person the first place in the source of a demographic row that was refused; the
  /// greatest number where there is none.
  private func personStones() -> [Int64] {
    var first = [Int64](repeating: .max, count: persons.count)
    for stone in tombstones where isPersonRule(stone.rule) {
      guard let people = stone.batch[RowHeader.person]?.digests,
        let positions = stone.batch[RowHeader.position]?.lanes
      else { continue }
      for row in people.indices {
        guard let number = number(of: people[row]) else { continue }
        first[Int(number)] = min(first[Int(number)], positions[row])
      }
    }
    return first
  }

  private func isPersonRule(_ rule: Int) -> Bool {
    plan.rules[rule].streams.contains { plan.streams[$0].table?.name == "person" }
  }

  /// Gives each person that is written the id the ledger knows, or the next of its bucket, in the
  /// order of the digests.
  mutating func numberPersons(_ ledger: Ledger, buckets: Range<Int>) throws {
    let known = try ledger.persons(in: buckets)
    for (number, digest) in persons.enumerated() where refusals[number] == nil {
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
