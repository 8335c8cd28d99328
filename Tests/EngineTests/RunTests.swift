import Columnar
import CommonDataModel
import EngineTestSupport
import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct RunTests {
  private let ledger: Ledger
  private let quarantine = QuarantineList()
  private let progress = Progress()
  private let target = MemoryTarget()

  init() throws { ledger = try Ledger(path: nil, keyFingerprint: "k") }

  private func run(
    _ plan: RunPlan, threads: Int = 2, memory: Int = 64 << 20, into target: MemoryTarget? = nil,
    beforePublishing: (Books) throws -> Void = { _ in }
  ) throws -> RunResult {
    let options = RunOptions(
      threads: threads, memory: memory, scratch: FileManager.default.temporaryDirectory.path)
    return try Run(
      plan: plan, options: options, ledger: ledger, quarantine: quarantine, progress: progress)(
        into: (target ?? self.target).loader(), beforePublishing: beforePublishing)
  }

  /// Whether the run left the ledger and the target as they were.
  private func expectNothingHappened(
    _ target: MemoryTarget? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let target = target ?? self.target
    #expect(target.published == nil, sourceLocation: sourceLocation)
    #expect(target.abandoned == 1, sourceLocation: sourceLocation)
    let persons = try ledger.persons(in: 0..<Buckets.count).sequences
    #expect(persons.isEmpty, sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 4], [1, 7, 1000])
  func `publishes the same rows whatever the threads, chunks and memory`(
    threads: Int, chunkRows: Int
  ) throws {
    try withTemporaryFolder { folder in
      let rows = someRows(150)
      let expected = rows.compactMap { row -> String? in
        guard row.count == 2, case .digest(let person) = row[0], case .lane(let number) = row[1],
          number >= 0
        else { return nil }
        return "observation_id=\(Buckets.of(person) << 20 + Int(number))"
      }
      for memory in [0, 64 << 20] {
        let target = MemoryTarget()
        let ledger = try Ledger(path: nil, keyFingerprint: "k")
        let plan = tinyPlan([
          visits(files: [Array(rows[..<60]), Array(rows[60...])], chunkRows: chunkRows)
        ])
        let options = RunOptions(threads: threads, memory: memory, scratch: folder.path)
        let result = try Run(
          plan: plan, options: options, ledger: ledger, quarantine: QuarantineList(),
          progress: Progress())(into: target.loader())
        #expect(target.problems == [])
        #expect(target.lines.count == expected.count)
        #expect(
          Set(target.lines.flatMap { $0.split(separator: " ").map(String.init) })
            .isSuperset(of: expected))
        #expect((result.spilled > 0) == (memory == 0))
        #expect(result.partitions >= 1)
        let known = try ledger.persons(in: 0..<Buckets.count).sequences
        #expect(!known.isEmpty)
      }
    }
  }

  @Test func `books every row, record and cell`() throws {
    var rows = someRows(22)
    rows[1][1] = .rejected("not_an_integer")
    let result = try run(tinyPlan([visits(files: [rows])]))
    let table = try #require(result.books.tables["visits"])
    let broken = rows.count { $0.isEmpty }
    #expect(table.read == 22)
    #expect(table.quarantined == broken)
    #expect(table.accepted == 22 - broken)
    #expect(table.rejectedCells == 1)
    let rule = try #require(result.books.rules["p/tiny"])
    #expect(Box.allCases.reduce(0) { $0 + rule[$1] } == table.accepted)
    #expect(rule[.quarantined] == quarantine.entries.count { $0.kind == .row })
    #expect(quarantine.entries.count { $0.kind == .record } == broken)
    #expect(
      quarantine.entries.first { $0.kind == .cell }?.position
        == SourcePosition(file: 0, offset: 10))
    #expect(result.books.targets["observation"]?.loaded == rule[.emitted])
    #expect(result.books.targets["death"]?.loaded == 0)
    #expect(progress.rowsRead == 22)
    #expect(progress.rowsLoaded == rule[.emitted])
    #expect(progress.phase == .publishing)
  }

  @Test func `a table without a row or without a file still has its account`() throws {
    let result = try run(tinyPlan([visits(files: [], name: "unused"), visits(files: [[]])]))
    #expect(result.books.tables["unused"] == TableAccount())
    #expect(result.books.tables["visits"] == TableAccount())
    #expect(result.books.rules["p/tiny"]?.tables == ["visits"])
    #expect(target.published?.isEmpty == true)
  }

  @Test func `numbers files through all tables`() throws {
    let result = try run(
      tinyPlan([
        visits(files: [[[]], [[]]], name: "first"), visits(files: [[[]]]),
      ]))
    #expect(result.books.tables["first"]?.quarantined == 2)
    #expect(quarantine.entries.map(\.position.file) == [0, 1, 2])
  }

  @Test func `refuses more files than positions can name`() throws {
    let table = visits(files: [[[Cell]]](repeating: [], count: SourcePosition.fileLimit + 1))
    #expect(throws: TooManyFiles.self) { try run(tinyPlan([table])) }
    try expectNothingHappened()
  }

  @Test func `hands a rule the tables it joins, whole`() throws {
    let people = MemoryTable(
      "people", Schema([Field("person", .digest)]),
      files: [(0..<10).map { [.key("person \($0)")] }, (10..<20).map { [.key("person \($0)")] }],
      chunkRows: 3)
    var rule = TinyRule()
    rule.broadcasts = [
      BroadcastRequest(table: "people", keys: ["person"], isDeclaredKey: true)
    ]
    rule.notesJoined = true
    let rows = someRows(500)
    let result = try run(tinyPlan([people, visits(files: [rows])], rule: rule))
    let expected = rows.count { row in
      guard row.count == 2, case .digest(let digest) = row[0] else { return false }
      return (0..<20).contains { Digest(name: "person \($0)") == digest }
    }
    #expect(result.books.rules["p/tiny"]?.notes["joined"] == expected)
  }

  @Test func `counts the rows that describe the run among the derived ones`() throws {
    let seen = Guarded<Books?>(nil)
    let plan = tinyPlan([visits(files: [someRows(100)])]) { books in
      seen.withLock { $0 = books }
      let batch = Batch(
        Schema([Field("person_id", .integer), Field("death_date", .date)]),
        [.constant(1, count: 1), .constant(1, type: .date, count: 1)], count: 1)
      return [FinishedRows(table: .death, batch: batch)]
    }
    let result = try run(plan)
    #expect(result.books.targets["death"]?.derived == 1)
    #expect(target.published?["death"]?.count == 1)
    let emitted = seen.withLock { $0?.rules["p/tiny"]?[.emitted] }
    #expect(emitted == result.books.rules["p/tiny"]?[.emitted])
  }

  @Test func `a request to stop before the start leaves everything as it was`() throws {
    progress.cancel()
    #expect(throws: RunCancelled.self) { try run(tinyPlan([visits(files: [someRows(100)])])) }
    try expectNothingHappened()
  }

  @Test(arguments: [1, 4])
  func `a request to stop while mapping is heard at the next chunk`(threads: Int) throws {
    var table = visits(files: [someRows(1000)])
    let parsed = Guarded(0)
    table.onParse = { [progress] _, _ in
      parsed.withLock { $0 += 1 }
      progress.cancel()
    }
    #expect(throws: RunCancelled.self) { try run(tinyPlan([table]), threads: threads) }
    #expect(parsed.withLock { $0 } <= threads)
    try expectNothingHappened()
  }

  @Test func `a request to stop at the last moment is still heard`() throws {
    #expect(throws: RunCancelled.self) {
      try run(tinyPlan([visits(files: [someRows(100)])])) { _ in progress.cancel() }
    }
    try expectNothingHappened()
  }

  @Test(arguments: [1, 4])
  func `a loader that throws in the middle fails the run with its own error`(
    threads: Int
  ) throws {
    let target = MemoryTarget(fault: .append(3))
    #expect(throws: MemoryTarget.Broken(fault: .append(3))) {
      try run(
        tinyPlan([visits(files: [someRows(3000)])]), threads: threads, memory: 0, into: target)
    }
    try expectNothingHappened(target)
  }

  @Test(arguments: [MemoryTarget.Fault.count, .silence])
  func `books that do not balance with the target publish nothing`(
    fault: MemoryTarget.Fault
  ) throws {
    let target = MemoryTarget(fault: fault)
    let error = #expect(throws: BooksDoNotBalance.self) {
      try run(tinyPlan([visits(files: [someRows(100)])]), into: target)
    }
    #expect("\(try #require(error))".contains("observation: "))
    try expectNothingHappened(target)
  }

  @Test func `a finisher that forgets a row publishes nothing`() throws {
    var finisher = TinyFinisher()
    finisher.forgets = true
    let error = #expect(throws: BooksDoNotBalance.self) {
      try run(tinyPlan([visits(files: [someRows(100)])], finisher: finisher))
    }
    #expect(try #require(error).imbalances.contains { $0.hasPrefix("p/tiny: ") })
    try expectNothingHappened()
  }

  private struct Refused: Error {}

  @Test func `a gate before publishing sees the balanced books and can refuse`() throws {
    var seen: [String] = ["never called"]
    #expect(throws: Refused.self) {
      try run(tinyPlan([visits(files: [someRows(100)])])) { books in
        seen = books.imbalances
        throw Refused()
      }
    }
    #expect(seen == [])
    try expectNothingHappened()
  }

  @Test func `a failed publication leaves the ledger ahead, so that no id is given twice`() throws {
    let target = MemoryTarget(fault: .publish)
    #expect(throws: MemoryTarget.Broken(fault: .publish)) {
      try run(tinyPlan([visits(files: [someRows(100)])]), into: target)
    }
    #expect(target.published == nil)
    #expect(target.abandoned == 1)
    #expect(try !ledger.persons(in: 0..<Buckets.count).sequences.isEmpty)
  }

  private struct BadChunk: Error, Equatable {
    let row: Int
  }

  @Test(arguments: [1, 2, 4, 8])
  func `of several broken chunks the first one in the source is reported`(threads: Int) throws {
    var table = visits(files: [someRows(2000)])
    table.onParse = { _, row in
      if row >= 700 && row % 2 == 0 { throw BadChunk(row: row) }
    }
    #expect(throws: BadChunk(row: 700)) { try run(tinyPlan([table]), threads: threads) }
    try expectNothingHappened()
  }

  @Test(arguments: [1, 4])
  func `a partition that cannot be finished stops the others`(threads: Int) throws {
    var finisher = TinyFinisher()
    finisher.failsAt = 100
    #expect(throws: TinyFinisher.Failing(bucket: 100)) {
      try run(
        tinyPlan([visits(files: [someRows(3000)])], finisher: finisher), threads: threads,
        memory: 0)
    }
    try expectNothingHappened()
  }

  @Test func `a run after a failed one starts afresh`() throws {
    let plan = tinyPlan([visits(files: [someRows(100)])])
    #expect(throws: MemoryTarget.Broken.self) {
      try run(plan, into: MemoryTarget(fault: .finish))
    }
    _ = try run(plan)
    #expect(target.published?["observation"]?.isEmpty == false)
  }

  @Test func `shares the budget among the workers and stays above what work needs`() {
    for memory in [0, 1 << 20, 256 << 20, 64 << 30] {
      for threads in [-1, 1, 2, 16] {
        let options = RunOptions(threads: threads, memory: memory, scratch: "")
        #expect(options.threads >= 1)
        #expect(options.blockBytes >= 16 << 10)
        #expect(options.blockBytes <= 512 << 10)
        #expect(options.partitionBytes >= 64 << 10)
        #expect(options.shuffleBytes * 3 <= memory)
      }
    }
  }
}
