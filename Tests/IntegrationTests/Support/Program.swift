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
  ///
  /// Spawned and waited for by the system's own calls: `Foundation.Process` may wait for ever for a
  /// command that has long ended.
  final class Running {
    let processIdentifier: pid_t
    private let folder: URL
    private var status: Int32?

    init(_ executable: URL, _ arguments: [String], in directory: URL?) throws {
      folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("ecluse-streams-\(UUID().uuidString)", isDirectory: true)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      var actions = unsafe posix_spawn_file_actions_t()
      unsafe posix_spawn_file_actions_init(&actions)
      defer { unsafe posix_spawn_file_actions_destroy(&actions) }
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      unsafe posix_spawn_file_actions_addopen(
        &actions, 1, folder.appendingPathComponent("output").path, flags, 0o600)
      unsafe posix_spawn_file_actions_addopen(
        &actions, 2, folder.appendingPathComponent("errors").path, flags, 0o600)
      let whole = [executable.path] + arguments
      let command =
        directory.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0.path] + whole } ?? whole
      var words: [UnsafeMutablePointer<CChar>?] = unsafe command.map { unsafe strdup($0) }
      unsafe words.append(nil)
      defer { unsafe words.forEach { unsafe free($0) } }
      var process: pid_t = 0
      let error = unsafe posix_spawn(&process, command[0], &actions, nil, words, environ)
      guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EINVAL) }
      processIdentifier = process
    }

    deinit {
      if isRunning {
        kill(processIdentifier, SIGKILL)
        var status: Int32 = 0
        unsafe waitpid(processIdentifier, &status, 0)
      }
      try? FileManager.default.removeItem(at: folder)
    }

    var isRunning: Bool {
      if status == nil {
        var ended: Int32 = 0
        if unsafe waitpid(processIdentifier, &ended, WNOHANG) == processIdentifier {
          status = ended
        }
      }
      return status == nil
    }

    /// Waits for the end.
    func wait(watchingMemory: Bool = false) throws -> Ending {
      var peak = 0
      while isRunning {
        if watchingMemory { peak = max(peak, Program.peak(of: processIdentifier)) }
        Thread.sleep(forTimeInterval: 0.002)
      }
      let ended = status ?? 0
      let signal = ended & 0x7F
      func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
      }
      return Ending(
        status: signal == 0 ? ended >> 8 & 0xFF : signal, isSignal: signal != 0,
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
