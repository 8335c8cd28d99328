import Foundation
import Pipelines
import TestSupport
import Testing

/// The published file depends on what was delivered, on the rules and on the ledger; on nothing else.
struct SameBytesTests {
  struct Way: CustomTestStringConvertible {
    let threads: Int
    let memory: Int
    let block: Int?

    var testDescription: String {
      "\(threads) threads, \(memory >> 20) MB, blocks of \(block.map(String.init) ?? "any size")"
    }
  }

  private static func bytes(
    of data: URL, _ way: Way = Way(threads: 1, memory: 1 << 30, block: nil)
  ) throws -> Data {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: data)
      try warehouse.run(threads: way.threads, memory: way.memory, block: way.block)
      return try warehouse.bytes()
    }
  }

  /// With 1 MB rows go through scratch files and persons come in many partitions.
  @Test(arguments: [
    Way(threads: 2, memory: 1 << 30, block: nil), Way(threads: 1, memory: 16 << 20, block: 1 << 10),
    Way(threads: 2, memory: 16 << 20, block: 64 << 10),
    Way(threads: 2, memory: 1 << 20, block: 1 << 20), Way(threads: 3, memory: 1 << 20, block: nil),
  ])
  func `threads, memory and blocks leave no trace`(way: Way) throws {
    let data = try Samples.of(persons: Project.size)
    #expect(try Self.bytes(of: data, way) == Self.bytes(of: data))
  }

  /// With 1 MB the person's rows are far too many to be held.
  @Test func `a person with thousands of rows comes out the same with little memory`() throws {
    try withTemporaryFolder { folder in
      let data = folder.appendingPathComponent("data", isDirectory: true)
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      try Samples.copy(
        persons: Project.size, into: data, analysesOfOne: Project.isSanitized ? 6_000 : 20_000)
      let expected = try Self.bytes(of: data)
      #expect(
        try Self.bytes(of: data, Way(threads: 2, memory: 1 << 20, block: 8 << 10)) == expected)
    }
  }

  @Test func `a small budget is really small`() throws {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: try Samples.of(persons: Project.size))
      let outcome = try warehouse.run(memory: 1 << 20)
      #expect(outcome.spilled > 0)
      #expect(outcome.partitions > 4)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `the order of files and rows leaves no trace`(seed: UInt64) throws {
    try withTemporaryFolder { folder in
      let data = try Samples.of(persons: Project.size)
      var shuffled = ShuffledExport(of: data, seed: seed)
      try shuffled.write(to: folder)
      let files = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("hcl").path)
      #expect(files.count > 10)
      #expect(try Self.bytes(of: folder) == Self.bytes(of: data))
    }
  }

  #if !DEBUG
    @Test func `five thousand persons come out the same with little memory`() throws {
      guard let persons = Project.sizes.last else { return }
      let data = try Samples.of(persons: persons)
      let small = try Self.bytes(of: data, Way(threads: 2, memory: 16 << 20, block: 1 << 10))
      #expect(try Self.bytes(of: data) == small)
    }
  #endif

  @Test func `a second run with the same ledger changes nothing`() throws {
    try withTemporaryFolder { folder in
      let warehouse = Warehouse(folder, data: try Samples.of(persons: Project.size))
      try warehouse.run()
      let first = try warehouse.bytes()
      let second = try warehouse.run(threads: 1, memory: 1 << 20)
      #expect(second.run == 2)
      #expect(try warehouse.bytes() == first)
    }
  }
}
