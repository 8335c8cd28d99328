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
  /// - Throws: exit code 2 when there are errors, 1 where the project itself cannot be read.
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
    let errors = session.diagnostics.errors.all
    if !errors.isEmpty {
      throw ExitCode(
        errors.allSatisfy { $0.code == "unreadable-file" && $0.position == nil } ? 1 : 2)
    }
    return session
  }

  /// How many diagnostics of one code a file shows at most, as text.
  private static let mostOfOneKind = 20

  private func report(_ session: ProjectSession, quietly: Bool) {
    let diagnostics = session.diagnostics
    if format == .json, diagnostics.hasErrors || !quietly {
      Terminal.print(diagnostics.json())
      return
    }
    // A file is read once, however much is wrong with it.
    var sources: [String: [String]?] = [:]
    func lines(_ path: String) -> [String]? {
      if let known = sources[path] { return known }
      let lines = session.lines(of: path)
      sources[path] = .some(lines)
      return lines
    }
    let told = quietly ? diagnostics.errors : diagnostics
    for diagnostic in told.collapsed(to: ProjectOptions.mostOfOneKind).sorted {
      Terminal.note(diagnostic.rendered(source: lines))
    }
    let hidden = diagnostics.all.count - told.all.count
    let errors = diagnostics.errors.all.count
    if errors > 0 {
      Terminal.note("\(Terminal.counted(errors, "error")); nothing was read")
    } else if hidden > 0 {
      let noun = hidden == 1 ? "warning or note" : "warnings and notes"
      Terminal.note(
        "\(Terminal.grouped(hidden)) \(noun): see \(Program.name) check \(project)")
    }
  }
}

extension ProjectSession {
  /// Where the CDM goes, from the command line or the project file.
  func requiredTarget() throws -> String {
    guard let target else {
      throw Failure("the project names no target: give --target sqlite:FILE or csv:FOLDER")
    }
    return target
  }
}
