import ArgumentParser
import Diagnostics
import Engine
import Pipelines

extension ProjectOptions {
  /// Reads and checks the project, and prints what there is to say about it.
  ///
  /// - Parameters:
  ///   - state: the state folder, where it is not beside the target.
  ///   - quietly: whether warnings and notes are left out.
  /// - Returns: the session, free of errors.
  /// - Throws: exit code 2 when there are errors.
  func session(state: String? = nil, quietly: Bool = false) throws -> ProjectSession {
    let session = ProjectSession(
      path: project, overrides: parameters, target: target, asOf: day,
      registry: Program.setting.stages
    ) { address in
      let folder = state.map { StateFolder(path: $0) } ?? StateFolder(target: address)
      try folder.create()
      return folder.vocabularyIndex
    }
    report(session, quietly: quietly)
    if session.diagnostics.hasErrors { throw ExitCode(2) }
    return session
  }

  private func report(_ session: ProjectSession, quietly: Bool) {
    let diagnostics = session.diagnostics
    if format == .json, diagnostics.hasErrors || !quietly {
      Terminal.print(diagnostics.json())
      return
    }
    var hidden = 0
    for diagnostic in diagnostics.sorted {
      if quietly, diagnostic.severity != .error {
        hidden += 1
        continue
      }
      Terminal.note(diagnostic.rendered { session.lines(of: $0) })
    }
    let errors = diagnostics.all.count { $0.severity == .error }
    if errors > 0 {
      Terminal.note("\(errors) \(errors == 1 ? "error" : "errors"); nothing was read")
    } else if hidden > 0 {
      Terminal.note("\(hidden) warnings and notes: see \(Program.name) check \(project)")
    }
  }
}

extension ProjectSession {
  /// Where the CDM goes, from the command line or the project file.
  func requiredTarget() throws -> String {
    guard let target else {
      throw ValidationError("the project names no target: give --target sqlite:FILE or csv:FOLDER")
    }
    return target
  }
}
