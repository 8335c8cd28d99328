package import CommonDataModel
package import Engine
internal import Foundation
internal import Privacy
internal import Transform

/// Finds where a row of the CDM comes from, or what became of a record, by doing its person again.
package struct ProjectTrace: Sendable {
  package let session: ProjectSession
  package let folder: StateFolder
  package let threads: Int
  package let memory: Int

  /// - Parameters:
  ///   - session: the project as it was run.
  ///   - folder: the state of the target.
  ///   - threads: the number of workers.
  ///   - memory: the bytes that rows on their way may occupy.
  package init(session: ProjectSession, folder: StateFolder, threads: Int, memory: Int) {
    self.session = session
    self.folder = folder
    self.threads = threads
    self.memory = memory
  }

  /// What is asked for.
  package enum Question: Sendable {
    case row(CDMTable, Int64)
    case record(file: String, line: Int)
  }

  /// Answers a question; the sources must be as they were.
  ///
  /// - Parameters:
  ///   - question: a row of the CDM, or a line of a file.
  ///   - progress: where the trace says how far it has come.
  /// - Returns: the rows with where they come from, and what was refused.
  /// - Throws: `RunProblem` when the file, the line or the ledger is not there, else what a stage
  ///   threw.
  package func callAsFunction(
    _ question: Question, progress: Engine.Progress = Engine.Progress()
  ) throws -> TraceReport {
    guard let project = session.project, let keyFile = project.definition.key?.value else {
      throw RunProblem("the project cannot be read, or names no key")
    }
    guard FileManager.default.fileExists(atPath: folder.ledger) else {
      throw RunProblem(
        "no run is known in \(folder.path): name the target of a run, or its --state")
    }
    let key = try SecretKey(file: keyFile)
    let options = RunOptions(threads: threads, memory: memory, scratch: folder.path)
    let ledger = try Ledger(path: folder.ledger, keyFingerprint: key.fingerprint)
    var planner = RunPlanner(
      project: project, vocabulary: session.vocabulary, mappings: session.mappings, key: key,
      asOf: session.asOf, registry: session.registry, options: options,
      slots: SlotMemory(known: try ledger.slots()))
    planner.isTracing = true
    let plan = try planner.plan()
    let files = SourceFiles(plan)
    let subject: TraceSubject
    switch question {
    case .row(let table, let id): subject = .row(table, id)
    case .record(let file, let line):
      subject = .record(try files.position(of: file, line: line))
    }
    let trace = try TraceRun(plan: plan, options: options, ledger: ledger, progress: progress)(
      subject)
    return try TraceReport(trace, files)
  }
}

/// The files of a plan, by the numbers that positions have of them.
struct SourceFiles {
  private let parts: [SourcePart]
  private let extractors: [any Extractor]

  init(_ plan: RunPlan) {
    parts = plan.tables.flatMap(\.extractor.parts)
    extractors = plan.tables.flatMap { table in
      table.extractor.parts.map { _ in table.extractor }
    }
  }

  /// Where a line of a file begins.
  func position(of name: String, line: Int) throws -> SourcePosition {
    guard
      let file = parts.firstIndex(where: {
        $0.path == name || $0.name == name || $0.path.hasSuffix("/" + name)
      })
    else {
      throw RunProblem(
        "no file of the project is called \(name); it reads "
          + Set(parts.map(\.name)).sorted().prefix(12).joined(separator: ", "))
    }
    guard let offset = try extractors[file].offset(ofLine: line, in: parts[file]) else {
      throw RunProblem("\(name) has no line \(line)")
    }
    return SourcePosition(file: file, offset: offset)
  }

  /// The extract table, the file and the line of a position.
  func place(_ position: SourcePosition) throws -> TraceReport.Place {
    let part = parts[position.file]
    let extractor = extractors[position.file]
    let lines = try extractor.lineNumbers(of: [position.offset], in: part)
    return TraceReport.Place(
      table: extractor.table, file: part.name, line: Int(lines[position.offset] ?? 0))
  }
}
