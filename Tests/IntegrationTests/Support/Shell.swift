import Foundation

/// The program run by a shell, with its streams elsewhere.
enum Shell {
  /// Runs a command line in which `$E` is the program.
  static func run(_ line: String, in folder: URL) throws -> Program.Ending {
    let script = "cd \"$1\" && E=\"$0\" && \(line)"
    return try Program.Running(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, Program.url.path, folder.path], in: nil
    ).wait()
  }
}
