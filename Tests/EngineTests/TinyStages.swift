import Columnar
import CommonDataModel
import EngineTestSupport
import Synchronization

@testable import Engine

/// A table of observations to come: the person's key and a number.
func visits(
  files: [[[Cell]]], chunkRows: Int = 7, name: String = "visits"
) -> MemoryTable {
  MemoryTable(
    name, Schema([Field("person", .digest), Field("number", .integer)]), files: files,
    chunkRows: chunkRows)
}

/// Sends each row with a positive number to `observation`; refuses those without a person and
/// leaves out those with a negative number.
struct TinyRule: Transformer {
  var name = "p/tiny"
  var source = "visits"
  var broadcasts: [BroadcastRequest] = []
  /// Rows joined from the first broadcast table are counted here.
  var notesJoined = false

  var streams: [StreamDefinition] {
    [
      StreamDefinition(
        rule: name, table: .observation,
        schema: Schema(RowHeader.fields + [Field("number", .integer)]))
    ]
  }

  func map(
    _ source: SourceBatch, broadcasts: [BroadcastTable], into output: inout MapOutput
  ) throws {
    guard let people = source.batch["person"], let numbers = source.batch["number"] else { return }
    var kept: [Int32] = []
    for row in 0..<source.batch.count {
      if numbers.lanes[row] < 0 {
        output.account.boxes[.filtered, default: 0] += 1
      } else if !people.isValid(row) {
        output.account.boxes[.quarantined, default: 0] += 1
        output.account.reasons[.personMissing, default: 0] += 1
        output.refuse(
          QuarantineEntry(
            .row, at: SourcePosition(packed: source.positions[row]), rule: name,
            reason: .personMissing))
      } else {
        kept.append(Int32(row))
      }
    }
    if notesJoined {
      let found = broadcasts[0].find([people], count: source.batch.count)
      output.account.notes["joined", default: 0] += found.count { $0 >= 0 }
    }
    let zeros = Column.constant(0, count: kept.count)
    let position = Column(.integer, .lanes(source.positions)).gather(kept)
    output.emit(
      Batch(
        streams[0].schema,
        [
          people.gather(kept), people.gather(kept), zeros, zeros, position, zeros, zeros, zeros,
          numbers.gather(kept),
        ], count: kept.count), stream: 0)
  }
}

/// Writes each row as an observation whose id is its bucket and number, and gives each person a
/// number in the ledger.
struct TinyFinisher: Finisher {
  struct Failing: Error, Equatable {
    let bucket: Int
  }

  /// The bucket at which finishing fails.
  var failsAt: Int?
  /// Whether one row a partition is left out of the books.
  var forgets = false

  func finishEntities(
    _ rows: PartitionRows, ledger: Ledger
  ) throws -> (finished: FinishedPartition, registry: EntityRegistry) {
    (FinishedPartition(), EntityRegistry())
  }

  func finish(
    _ partition: PartitionRows, registry: EntityRegistry, ledger: Ledger
  ) throws -> FinishedPartition {
    if let failsAt, partition.buckets.contains(failsAt) { throw Failing(bucket: failsAt) }
    var result = FinishedPartition()
    var ids: [Int64] = []
    var people: Set<Digest> = []
    for part in partition.streams {
      guard let persons = part.batch[RowHeader.person]?.digests,
        let numbers = part.batch["number"]?.lanes
      else { continue }
      for row in persons.indices {
        ids.append(Int64(Buckets.of(persons[row])) << 20 + numbers[row])
        people.insert(persons[row])
      }
    }
    ids.sort()
    for (number, digest) in people.sorted().enumerated() {
      result.ledger.persons.append((digest, Int64(number + 1)))
    }
    let constants = ["person_id", "observation_concept_id", "observation_type_concept_id"]
    let batch = Batch(
      Schema(
        [Field("observation_id", .integer), Field("observation_date", .date)]
          + constants.map { Field($0, .integer) }),
      [Column(.integer, .lanes(ids)), .constant(0, type: .date, count: ids.count)]
        + constants.map { _ in .constant(1, count: ids.count) }, count: ids.count)
    result.rows = [FinishedRows(table: .observation, batch: batch)]
    var account = RuleAccount()
    let booked = forgets ? max(0, ids.count - 1) : ids.count
    account.boxes[.emitted] = booked
    account.rows["observation"] = booked
    result.books.rules["p/tiny"] = account
    result.books.targets["observation"] = TargetAccount()
    result.books.targets["observation"]?.emitted = booked
    return result
  }
}

/// A plan over the tables given, with one tiny rule on the last of them.
func tinyPlan(
  _ tables: [MemoryTable], rule: TinyRule = TinyRule(), finisher: TinyFinisher = TinyFinisher(),
  closing: @escaping @Sendable (Books) -> [FinishedRows] = { _ in [] }
) -> RunPlan {
  RunPlan(
    tables: tables.enumerated().map { index, table in
      TablePlan(extractor: table, transformers: index == tables.count - 1 ? [0] : [])
    }, transformers: [rule], finisher: finisher, closing: closing)
}

/// Rows of some persons; every fifth is filtered, every seventh has no person, every eleventh
/// record is broken.
func someRows(_ count: Int, from start: Int = 0) -> [[Cell]] {
  (start..<start + count).map { number in
    if number % 11 == 3 { return [] }
    if number % 7 == 5 { return [.null, .lane(Int64(number))] }
    return [.key("person \(number % 41)"), .lane(Int64(number % 5 == 2 ? -number : number))]
  }
}
