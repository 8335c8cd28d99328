import Foundation

/// A file of a sample that is written from beginning to end through a buffer of bounded size.
final class SampleFile {
  let name: String
  /// The line that the next record starts on, from 1.
  private(set) var line = 1
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private static let capacity = 1 << 16

  init(_ name: String, in folder: URL) throws {
    self.name = name
    let url = folder.appendingPathComponent(name)
    try Data().write(to: url)
    handle = try FileHandle(forWritingTo: url)
    buffer.reserveCapacity(Self.capacity + 4096)
  }

  /// Writes bytes as they are and counts their line feeds.
  func write(_ bytes: [UInt8]) throws {
    for byte in bytes where byte == 0x0A { line += 1 }
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.capacity { try flush() }
  }

  /// Writes a text in UTF-8.
  func write(_ text: String) throws { try write(Array(text.utf8)) }

  func close() throws {
    try flush()
    try handle.close()
  }

  private func flush() throws {
    guard !buffer.isEmpty else { return }
    try handle.write(contentsOf: Data(buffer))
    buffer.removeAll(keepingCapacity: true)
  }
}
