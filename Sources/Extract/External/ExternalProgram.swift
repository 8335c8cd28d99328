internal import Columnar
internal import Dispatch
internal import Engine
internal import Subprocess
internal import SystemPackage

/// A program of somebody else that writes the rows of a table to its standard output.
package struct ExternalProgram: Sendable {
  /// The program and its arguments; no shell reads them.
  package var command: [String]
  /// The folder in which it runs.
  package var folder: String
  /// How long it may take, in seconds.
  package var timeout: Int

  package init(command: [String], folder: String, timeout: Int) {
    self.command = command
    self.folder = folder
    self.timeout = timeout
  }

  /// The name of the program as reports show it: its arguments may hold more than they should.
  package var name: String {
    let path = command.first ?? ""
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Runs the program to its end, with nothing to read.
  ///
  /// What it writes to its error output may hold values of patients: it is counted and dropped. A
  /// program that takes too long, or is not wanted any more, is asked to end, and killed two seconds
  /// later. Waits for the end, so that it must not be called on a thread of Swift concurrency.
  ///
  /// - Parameters:
  ///   - output: gets what the program writes.
  ///   - scratch: the folder for what it writes to its error output.
  ///   - isCancelled: whether the run is to stop.
  /// - Throws: `ExternalProgramError` unless it ended with exit code 0; `RunCancelled`.
  func run(
    into output: ScratchFile, scratch: String, isCancelled: () -> Bool
  ) throws {
    let errors = try ScratchFile(folder: scratch)
    let ending = Guarded<Result<TerminationStatus?, any Error>?>(nil)
    let done = DispatchSemaphore(value: 0)
    let task = Task.detached {
      let result: Result<TerminationStatus?, any Error>
      do {
        result = .success(try await termination(output.descriptor, errors.descriptor))
      } catch {
        result = .failure(error)
      }
      ending.withLock { $0 = result }
      done.signal()
    }
    while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if isCancelled() { task.cancel() }
    }
    // A request to stop from the keyboard reaches the program too.
    if isCancelled() { throw RunCancelled() }
    func failed(_ reason: String) -> ExternalProgramError {
      ExternalProgramError(
        program: name, reason: reason, errorBytes: (try? errors.writtenBytes()) ?? 0)
    }
    switch ending.withLock({ $0 }) {
    case .success(.exited(0)): return
    case .success(.exited(let code)): throw failed("ended with exit code \(code)")
    case .success(.signaled(let signal)): throw failed("was ended by signal \(signal)")
    case .success(nil): throw failed("took longer than \(timeout) s and was stopped")
    case .failure, nil: throw failed("cannot be started: is it installed and executable?")
    }
  }

  /// How the program ended; `nil` when it had to be stopped.
  private func termination(
    _ output: Int32, _ errors: Int32
  ) async throws -> TerminationStatus? {
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
    let platform = options
    let path = command.first ?? ""
    let executable: Executable =
      path.contains("/") ? .path(FilePath(path)) : .name(path)
    return try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
      group.addTask {
        try await Subprocess.run(
          executable, arguments: Arguments(Array(command.dropFirst())),
          workingDirectory: FilePath(folder), platformOptions: platform, input: .none,
          output: .fileDescriptor(
            FileDescriptor(rawValue: output), closeAfterSpawningProcess: false),
          error: .fileDescriptor(
            FileDescriptor(rawValue: errors), closeAfterSpawningProcess: false)
        ).terminationStatus
      }
      group.addTask {
        try await Task.sleep(for: .seconds(timeout))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}

/// An external program did not give the rows of its table.
package struct ExternalProgramError: Error, CustomStringConvertible, Sendable {
  package let program: String
  package let reason: String
  /// How much it wrote to its error output.
  package let errorBytes: Int

  package var description: String {
    let errors =
      errorBytes == 0
      ? ""
      : "; its \(errorBytes) bytes of error output are not shown, since they may hold values of patients: run the command by hand to read them"
    return "the external program \(program) \(reason)\(errors)"
  }
}
