import Foundation
import TestSupport
import Testing

/// The memory of a run is bounded by what it is allowed.
struct MemoryTests {
  #if DEBUG
    private static let persons = Project.size
  #else
    private static let persons = 20_000
  #endif

  @Test func `a run stays within its budget`() throws {
    try expectBounded { _ in try Samples.of(persons: Self.persons) }
  }

  @Test func `a person with very many rows does not leave the budget`() throws {
    try expectBounded { folder in
      try Samples.copy(
        persons: Project.size, into: folder, analysesOfOne: Project.isSanitized ? 6_000 : 80_000)
      return folder
    }
  }

  /// The budget, 64 MiB for everything else, and the vocabulary index.
  private func expectBounded(_ data: (URL) throws -> URL) throws {
    try withTemporaryFolder { folder in
      let data = try data(folder)
      let target = folder.appendingPathComponent("cdm.sqlite")
      let ending = try Program.run(
        Program.arguments(data: data, target: target, ["--memory", "16MB", "--threads", "2"]),
        watchingMemory: true)
      #expect(ending.status == 0, "\(ending.errors)")
      let index =
        try FileManager.default.attributesOfItem(
          atPath: target.path + ".state/vocabulary.index")[.size] as? NSNumber
      // Sanitizers take several times the memory for themselves.
      let allowed =
        ((16 << 10) + (64 << 10) + (index?.intValue ?? 0) >> 10) * (Project.isSanitized ? 20 : 1)
      #expect(ending.peak > 0)
      #expect(ending.peak <= allowed, "peak \(ending.peak) KiB")
    }
  }
}
