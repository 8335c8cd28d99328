import Columnar
import Foundation
import SampleData

/// The generated exports, each made once for all tests that read it; nobody changes them.
enum Samples {
  private static let made = Guarded<[Int: URL]>([:])

  private static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ecluse-samples-\(ProcessInfo.processInfo.processIdentifier)")
    atexit { try? FileManager.default.removeItem(at: Samples.folder) }
    return folder
  }()

  /// The data folder of an export of so many persons: the parameter `data` of the project.
  static func of(persons: Int) throws -> URL {
    try made.withLock { made in
      if let known = made[persons] { return known }
      let data = folder.appendingPathComponent(String(persons), isDirectory: true)
      let hcl = data.appendingPathComponent("hcl", isDirectory: true)
      _ = try HCLSample(persons: persons, seed: 1).write(to: hcl)
      made[persons] = data
      return data
    }
  }
}
