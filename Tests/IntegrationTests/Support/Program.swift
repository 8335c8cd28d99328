import Foundation

/// The built command line.
enum Program {
  /// Beside the test bundle: it is built with the tests, in the same way.
  static let url = URL(fileURLWithPath: CommandLine.arguments[0])
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("ecluse")

  /// What a finished command printed, and how it ended.
  struct Ending {
    var status: Int32
    /// Whether a signal ended it; `status` is then the signal's number.
    var isSignal: Bool
    var output: String
    var errors: String
    /// The peak of its resident memory, in KiB, as last seen.
    var peak = 0

    var text: String { output + errors }
  }

  /// A command that runs.
  final class Running {
    let process = Process()
    private let folder: URL

    init(_ executable: URL, _ arguments: [String], in directory: URL?) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("ecluse-streams-\(UUID().uuidString)", isDirectory: true)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      process.executableURL = executable
      process.arguments = arguments
      if let directory { process.currentDirectoryURL = directory }
      process.standardInput = FileHandle.nullDevice
      process.standardOutput = try stream("output")
      process.standardError = try stream("errors")
      try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func stream(_ name: String) throws -> FileHandle {
      let url = folder.appendingPathComponent(name)
      try Data().write(to: url)
      return try FileHandle(forWritingTo: url)
    }

    /// Waits for the end.
    func wait(watchingMemory: Bool = false) throws -> Ending {
      var peak = 0
      while watchingMemory, process.isRunning {
        peak = max(peak, Program.peak(of: process.processIdentifier))
        Thread.sleep(forTimeInterval: 0.002)
      }
      process.waitUntilExit()
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
      }
      return Ending(
        status: process.terminationStatus, isSignal: process.terminationReason != .exit,
        output: try text("output"), errors: try text("errors"), peak: peak)
    }
  }

  static func start(_ arguments: [String], in directory: URL? = nil) throws -> Running {
    try Running(url, arguments, in: directory)
  }

  /// Runs a command to its end.
  static func run(
    _ arguments: [String], in directory: URL? = nil, watchingMemory: Bool = false
  ) throws -> Ending {
    try start(arguments, in: directory).wait(watchingMemory: watchingMemory)
  }

  /// The arguments of a run of the project over a data folder into a file.
  static func arguments(data: URL, target: URL, _ more: [String] = []) -> [String] {
    [
      "run", Project.pipeline, "--set", "data=\(data.path)", "--target", "sqlite:\(target.path)",
      "--as-of", Project.asOfText, "--quiet",
    ] + more
  }

  /// The highest resident memory of a process in KiB (proc(5), VmHWM); 0 when it has ended.
  private static func peak(of process: Int32) -> Int {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8),
      let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") })
    else { return 0 }
    return Int(line.filter(\.isNumber)) ?? 0
  }
}
