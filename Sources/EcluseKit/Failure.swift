import ArgumentParser
import Foundation

/// Why a command ends without having done what it was asked for.
struct Failure: Error, CustomStringConvertible {
  /// What is wrong, in one sentence without a full stop.
  let description: String

  init(_ description: String) { self.description = description }

  /// Ends the process with what a command threw once its arguments were found to be well-formed.
  ///
  /// Such an error is no wrong usage, whatever its type: a file is not there, or a vocabulary has not
  /// what was named. It is told in one line, and the exit code is 1.
  static func end(_ error: any Error) -> Never {
    if error is ExitCode || Ecluse.exitCode(for: error).isSuccess { Ecluse.exit(withError: error) }
    Terminal.note("error: \(words(error))")
    Ecluse.exit(withError: ExitCode(1))
  }

  /// What an error says, in the words of this program.
  static func words(_ error: any Error) -> String {
    let raw = error as NSError
    guard raw.domain == NSCocoaErrorDomain else { return Ecluse.message(for: error) }
    let path =
      raw.userInfo[NSFilePathErrorKey] as? String
      ?? (raw.userInfo[NSURLErrorKey] as? URL)?.path
    let reason =
      switch CocoaError.Code(rawValue: raw.code) {
      case .fileNoSuchFile, .fileReadNoSuchFile: "no such file or folder"
      case .fileReadNoPermission, .fileWriteNoPermission: "permission denied"
      case .fileWriteFileExists: "there is something of this name"
      case .fileWriteOutOfSpace: "no space left on device"
      case .fileWriteVolumeReadOnly: "the file system is read-only"
      case .fileReadInapplicableStringEncoding, .fileReadCorruptFile: "it is not UTF-8"
      default: (512..<1024).contains(raw.code) ? "it cannot be written" : "it cannot be read"
      }
    return path.map { "'\($0)': \(reason)" } ?? reason
  }
}

extension Failure {
  /// Refuses a path at which there is nothing.
  static func unlessThere(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure("'\(path)': no such file or folder")
    }
  }

  /// Refuses a path at which there is no folder.
  static func unlessFolder(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure("'\(path)': no such folder")
    }
    guard isFolder(path) else { throw Failure("'\(path)': this is a file and no folder") }
  }

  /// Whether a folder stands at a path, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: place)
    return attributes?[.type] as? FileAttributeType == .typeDirectory
  }
}
