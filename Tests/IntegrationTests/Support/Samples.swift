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

  /// Copies an export into a folder and gives the person who has most analyses some more: the same
  /// ones over and over, with other numbers.
  static func copy(
    persons: Int, into folder: URL, analysesOfOne more: Int
  ) throws {
    try FileManager.default.copyItem(
      at: try of(persons: persons).appendingPathComponent("hcl"),
      to: folder.appendingPathComponent("hcl"))
    let file = folder.appendingPathComponent("hcl/biologie.csv")
    var text = try Data(contentsOf: file)
    var lines: [Data: [Data]] = [:]
    for line in text.split(separator: UInt8(ascii: "\n")).dropFirst() {
      let cells = line.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
      guard cells.count > 2 else { continue }
      lines[Data(cells[1]), default: []].append(Data(line[cells[0].endIndex...]))
    }
    let most = lines.values.map(\.count).max() ?? 0
    // Of several persons with as many the first of the file's order of numbers.
    let own =
      lines.filter { $0.value.count == most }
      .min { $0.key.lexicographicallyPrecedes($1.key) }?.value ?? []
    for number in 0..<more {
      text += Data("9\(10_000_000_000 + number)".utf8) + own[number % own.count]
      text.append(UInt8(ascii: "\n"))
    }
    try text.write(to: file)
  }
}
