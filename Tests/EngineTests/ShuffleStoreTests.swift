import Columnar
import CommonDataModel
import Dispatch
import EngineTestSupport
import Foundation
import TestSupport
import Testing

@testable import Engine

@Suite struct ShuffleStoreTests {
  private static let schema = Schema(
    RowHeader.fields + [Field("text", .text), Field("number", .decimal(scale: 2))])

  private static let streams = [
    StreamDefinition(rule: "p/a", table: .observation, schema: schema),
    StreamDefinition(rule: "p/b", table: .measurement, schema: schema),
    StreamDefinition(rule: "p/c", table: .note, schema: schema),
  ]

  /// Batches of rows for the streams, some persons with many rows, some batches empty.
  private func batches(_ seed: UInt64) -> [(stream: Int, batch: Batch)] {
    var random = SeededGenerator(seed: seed)
    return (0..<30).map { number in
      let count = [0, 1, 3, 40, 200].randomElement(using: &random) ?? 0
      let people: [Cell] = (0..<count).map { _ in
        .key("person \(Int.random(in: 0..<60, using: &random))")
      }
      let lanes = (0..<count).map { Cell.lane(Int64(number * 1000 + $0)) }
      let header: [Column] = RowHeader.fields.map { field in
        field.type == .digest
          ? Column(.digest, cells: people) : Column(field.type, cells: lanes)
      }
      let texts: [Cell] = (0..<count).map {
        $0 % 5 == 0 ? .null : .text(String(repeating: "é", count: $0 % 7))
      }
      let batch = Batch(
        Self.schema,
        header + [Column(.text, cells: texts), Column(.decimal(scale: 2), cells: lanes)],
        count: count)
      return (number % 3, batch)
    }
  }

  private func lines(_ rows: [StreamRows]) -> [String] {
    rows.flatMap { part in
      (0..<part.batch.count).map { row in
        "\(part.stream) "
          + part.batch.columns.map { $0.written(row) ?? "NULL" }.joined(separator: "|")
      }
    }
  }

  @Test(arguments: [0, 1, 5_000, 50_000, Int.max], [UInt64(1), 2])
  func `gives the same rows whatever fits into memory`(capacity: Int, seed: UInt64) throws {
    try withTemporaryFolder { folder in
      let given = batches(seed)
      let store = ShuffleStore(
        schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: capacity),
        folder: folder.path)
      for (stream, batch) in given { try store.add(batch, stream: stream) }
      let expected = lines(given.map { StreamRows(stream: $0.stream, batch: $0.batch) }).sorted()
      let all = try store.rows(of: [0, 1, 2], buckets: 0..<Buckets.count)
      #expect(lines(all).sorted() == expected)
      // Any cut of the buckets gives each row once, in its own part.
      var parts: [String] = []
      for cut in [0..<1, 1..<64, 64..<65, 65..<1000, 1000..<4032, 4032..<4095, 4095..<4096] {
        let rows = try store.rows(of: [2, 0, 1], buckets: cut)
        for part in rows {
          let people = part.batch[RowHeader.person]?.digests ?? []
          #expect(people.allSatisfy { cut.contains(Buckets.of($0)) })
        }
        parts += lines(rows)
      }
      #expect(parts.sorted() == expected)
      #expect(store.usage.memory <= capacity)
      #expect((store.usage.spilled > 0) == (capacity < 100_000))
      // The scratch file has no name.
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }
  }

  @Test func `gives only the streams asked for, in the order asked for`() throws {
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: .max), folder: "")
    for (stream, batch) in batches(3) { try store.add(batch, stream: stream) }
    let rows = try store.rows(of: [2, 0], buckets: 0..<Buckets.count)
    #expect(rows.map(\.stream) == [2, 0])
  }

  @Test func `rows of one stream follow the buckets within a batch`() throws {
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: .max), folder: "")
    for (stream, batch) in batches(4).prefix(5) where stream == 0 && batch.count > 0 {
      try store.add(batch, stream: stream)
      break
    }
    let rows = try store.rows(of: [0], buckets: 0..<Buckets.count)
    let buckets = (rows.first?.batch[RowHeader.person]?.digests ?? []).map(Buckets.of)
    #expect(!buckets.isEmpty)
    #expect(buckets == buckets.sorted())
  }

  @Test(arguments: [1, 500, 5_000, 100_000, Int.max])
  func `partitions cover all buckets in order, and hold no more than they may`(
    limit: Int
  ) throws {
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: .max), folder: "")
    for (stream, batch) in batches(5) { try store.add(batch, stream: stream) }
    let partitions = store.partitions(limit: limit)
    #expect(partitions.first?.lowerBound == 0)
    #expect(partitions.last?.upperBound == Buckets.count)
    for (left, right) in zip(partitions, partitions.dropFirst()) {
      #expect(left.upperBound == right.lowerBound)
    }
    #expect(partitions.allSatisfy { !$0.isEmpty })
    for range in partitions {
      let rows = try store.rows(of: [0, 1, 2], buckets: range)
      let filled = Set(
        rows.flatMap { ($0.batch[RowHeader.person]?.digests ?? []).map(Buckets.of) })
      let bytes = rows.reduce(0) { $0 + $1.batch.columns.reduce(0) { $0 + $1.byteCount } }
      // The store knows a row's size as the mean of its batch.
      #expect(filled.count <= 1 || bytes / 2 <= limit)
    }
    if limit == .max { #expect(partitions.count == 1) }
    if limit == 1 { #expect(partitions.count > 40) }
  }

  @Test func `an empty store has one partition without rows`() throws {
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: 0), folder: "")
    #expect(store.partitions(limit: 1) == [0..<Buckets.count])
    #expect(try store.rows(of: [0, 1, 2], buckets: 0..<Buckets.count).isEmpty)
  }

  @Test(arguments: [0, Int.max])
  func `takes rows from many threads`(capacity: Int) throws {
    try withTemporaryFolder { folder in
      let given = batches(6)
      let store = ShuffleStore(
        schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: capacity),
        folder: folder.path)
      let failure = Failure()
      onWorkers(8) { worker in
        for index in stride(from: worker, to: given.count, by: 8) {
          do {
            try store.add(given[index].batch, stream: given[index].stream)
          } catch {
            failure.set(error, ticket: index)
          }
        }
      }
      try failure.rethrow()
      let rows = try store.rows(of: [0, 1, 2], buckets: 0..<Buckets.count)
      #expect(
        lines(rows).sorted()
          == lines(given.map { StreamRows(stream: $0.stream, batch: $0.batch) }).sorted())
    }
  }

  @Test func `says when a scratch file cannot be made`() {
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: 0),
      folder: "/nowhere/that/exists")
    #expect(throws: FileError.self) {
      for (stream, batch) in batches(1) { try store.add(batch, stream: stream) }
    }
  }

  @Test func `a scratch file that cannot be made is told each time, and nobody waits for it`() {
    let share = MemoryShare(bytes: 100_000)
    let store = ShuffleStore(
      schemas: Self.streams.map(\.schema), share: share, folder: "/nowhere/that/exists")
    var failures = 0
    for (stream, batch) in batches(1) + batches(2) + batches(3) {
      do {
        try store.add(batch, stream: stream)
      } catch {
        failures += 1
      }
    }
    #expect(failures > 1)
    #expect(store.usage.memory <= 100_000)
  }

  @Test func `the store that holds most makes room for the others`() throws {
    try withTemporaryFolder { folder in
      let share = MemoryShare(bytes: 200_000)
      let stores = (0..<2).map { _ in
        ShuffleStore(schemas: Self.streams.map(\.schema), share: share, folder: folder.path)
      }
      var given = [[StreamRows]](repeating: [], count: 2)
      for seed in UInt64(1)...4 {
        // Of three batches, two go to the first store.
        for (number, (stream, batch)) in batches(seed).enumerated() {
          let store = number % 3 == 0 ? 1 : 0
          try stores[store].add(batch, stream: stream)
          given[store].append(StreamRows(stream: stream, batch: batch))
        }
      }
      #expect(stores[0].usage.spilled > 0)
      #expect(stores[0].usage.memory + stores[1].usage.memory <= 200_000)
      for (store, given) in zip(stores, given) {
        let rows = try store.rows(of: [0, 1, 2], buckets: 0..<Buckets.count)
        #expect(lines(rows).sorted() == lines(given).sorted())
      }
    }
  }

  @Test(arguments: [0, 60_000, 200_000, 1_000_000])
  func `threads that make room at once lose no row and wait for nobody who waits`(
    bytes: Int
  ) throws {
    try withTemporaryFolder { folder in
      let share = MemoryShare(bytes: bytes)
      let stores = (0..<2).map { _ in
        ShuffleStore(schemas: Self.streams.map(\.schema), share: share, folder: folder.path)
      }
      let given = (1...UInt64(Effort.rounds(24))).map { batches($0) }
      let failures = Guarded(0)
      DispatchQueue.concurrentPerform(iterations: given.count) { number in
        for (stream, batch) in given[number] {
          do {
            try stores[number % 2].add(batch, stream: stream)
          } catch {
            failures.withLock { $0 += 1 }
          }
        }
      }
      #expect(failures.withLock { $0 } == 0)
      #expect(stores.reduce(0) { $0 + $1.usage.memory } <= bytes)
      for (number, store) in stores.enumerated() {
        let expected = given.indices.filter { $0 % 2 == number }.flatMap { given[$0] }
          .map { StreamRows(stream: $0.stream, batch: $0.batch) }
        let rows = try store.rows(of: [0, 1, 2], buckets: 0..<Buckets.count)
        #expect(lines(rows).sorted() == lines(expected).sorted())
      }
    }
  }

  @Test func `rows are there for a reader while they are written to the scratch file`() throws {
    try withTemporaryFolder { folder in
      for round in 0..<Effort.rounds(20) {
        let given = (1...8).flatMap { batches(UInt64(round * 8 + $0)) }
        let store = ShuffleStore(
          schemas: Self.streams.map(\.schema), share: MemoryShare(bytes: .max),
          folder: folder.path)
        for (stream, batch) in given { try store.add(batch, stream: stream) }
        let bucket = Buckets.of(given.compactMap { $0.batch[RowHeader.person]?.digests.first }[0])
        @Sendable func count() throws -> Int {
          let rows = try store.rows(of: [0, 1, 2], buckets: bucket..<bucket + 1)
          return rows.reduce(0) { $0 + $1.batch.count }
        }
        let all = try count()
        let seen = Guarded<Set<Int>>([])
        let isSpilled = Guarded(false)
        DispatchQueue.concurrentPerform(iterations: 2) { worker in
          if worker == 0 {
            try? store.empty()
            isSpilled.withLock { $0 = true }
            return
          }
          var isLast = false
          repeat {
            isLast = isSpilled.withLock { $0 }
            let now = (try? count()) ?? -1
            seen.withLock { _ = $0.insert(now) }
          } while !isLast
        }
        #expect(all > 0)
        #expect(seen.withLock { $0 } == [all])
        #expect(store.usage.memory == 0)
      }
    }
  }

  @Test func `the bucket of a person is the first twelve bits of the digest`() {
    #expect(Buckets.of(.zero) == 0)
    #expect(Buckets.of(Digest(.max, 0, 0, 0)) == 4095)
    #expect(Buckets.of(Digest(0x1230_0000_0000_0000, .max, .max, .max)) == 0x123)
  }
}
