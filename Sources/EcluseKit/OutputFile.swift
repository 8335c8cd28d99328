import Columnar
import Foundation

/// A file into which a command writes what it would print.
enum OutputFile {
  /// Refuses a place where the command would destroy what it reads, or another file.
  ///
  /// - Parameters:
  ///   - path: the place; `nil` and `-` stand for standard output.
  ///   - inputs: the files that the command reads, and folders of whose CSV files it reads some.
  ///   - header: the first line of what is written: a file with another one is not replaced.
  /// - Throws: a `Failure` where the file must stay as it is.
  static func check(_ path: String?, inputs: [String?], header: String? = nil) throws {
    guard let path, path != "-", let output = Identity(path) else { return }
    if output.isFolder { throw Failure("'\(path)': this is a folder") }
    for case let input? in inputs {
      guard let place = Identity(input) else { continue }
      let isInside =
        place.isFolder && path.lowercased().hasSuffix(".csv")
        && output.folder == Identity.resolved(input)
      if place == output || isInside {
        throw Failure("'\(path)': the command reads this file: write to another one")
      }
    }
    guard let header, output.isRegular else { return }
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    let head = try file.read(upToCount: header.utf8.count) ?? Data()
    guard head.isEmpty || head == Data(header.utf8) else {
      throw Failure("'\(path)': this is another file, with other columns: it is not replaced")
    }
  }

  /// Writes a text; a file appears when it is whole.
  ///
  /// - Parameters:
  ///   - text: the text.
  ///   - path: the place; `nil` and `-` stand for standard output.
  /// - Throws: a `FileError` where it cannot be written.
  static func write(_ text: String, to path: String?) throws {
    try write(Array(text.utf8), to: path)
  }

  /// Writes bytes; a file appears when it is whole.
  ///
  /// - Parameters:
  ///   - bytes: the bytes.
  ///   - path: the place; `nil` and `-` stand for standard output.
  /// - Throws: a `FileError` where they cannot be written.
  static func write(_ bytes: [UInt8], to path: String?) throws {
    guard let path, path != "-" else { return Terminal.write(bytes) }
    if let place = Identity(path), !place.isRegular {
      // A device or a pipe is written to and never replaced.
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
      try file.write(contentsOf: Data(bytes))
      return
    }
    let file = try AtomicFile(path: Identity.resolved(path))
    try file.write(bytes.span.raw, at: 0)
    try file.publish()
  }

  /// What stands at a path, known again under another name.
  private struct Identity: Equatable {
    private let device: Int
    private let number: Int
    private let type: FileAttributeType
    /// The folder in which it stands.
    let folder: String

    init?(_ path: String) {
      let path = Identity.resolved(path)
      guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
        let device = attributes[.systemNumber] as? NSNumber,
        let number = attributes[.systemFileNumber] as? NSNumber,
        let type = attributes[.type] as? FileAttributeType
      else { return nil }
      self.device = device.intValue
      self.number = number.intValue
      self.type = type
      folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    }

    var isFolder: Bool { type == .typeDirectory }
    var isRegular: Bool { type == .typeRegular }

    static func == (left: Identity, right: Identity) -> Bool {
      left.device == right.device && left.number == right.number
    }

    static func resolved(_ path: String) -> String {
      URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
    }
  }
}
