import Foundation

/// The folder in which this process puts the files that readers want by path.
enum Scratch {
  private static let folder: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ecluse-fuzz-\(getpid())")
    try? FileManager.default.createDirectory(
      at: folder.appendingPathComponent("athena"), withIntermediateDirectories: true)
    atexit { Scratch.delete() }
    return folder
  }()

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// Writes a file, or deletes it when there are no bytes to write.
  static func write(_ bytes: [UInt8]?, to name: String) {
    let place = folder.appendingPathComponent(name)
    guard let bytes else {
      try? FileManager.default.removeItem(at: place)
      return
    }
    do {
      try Data(bytes).write(to: place)
    } catch {
      preconditionFailure("the scratch folder cannot be written")
    }
  }

  private static func delete() { try? FileManager.default.removeItem(at: folder) }
}
