package import Engine
internal import Foundation
internal import Privacy
internal import Transform
internal import Vocabulary

/// One run of a project with its state: ledger, quarantine, journal.
package struct ProjectRun: Sendable {
  package let session: ProjectSession
  /// The target, `scheme:address`.
  package let target: String
  package let folder: StateFolder
  package let threads: Int
  /// The bytes that rows on their way may occupy.
  package let memory: Int
  /// The size of the blocks in which sources are read, where it is not the one that suits `memory`.
  package let blockBytes: Int?
  /// The version of the program, for the journal.
  package let version: String

  /// Describes a run; `state` is the state folder, where it is not beside the target.
  package init(
    session: ProjectSession, target: String, state: String? = nil, threads: Int, memory: Int,
    blockBytes: Int? = nil, version: String
  ) {
    self.session = session
    self.target = target
    let address = String(target.split(separator: ":", maxSplits: 1).last ?? "")
    folder = state.map { StateFolder(path: $0) } ?? StateFolder(target: address)
    self.threads = threads
    self.memory = memory
    self.blockBytes = blockBytes
    self.version = version
  }

  /// Reads, maps, finishes, loads, balances the books and publishes.
  ///
  /// - Parameters:
  ///   - progress: where the run says how far it has come, and is asked to stop.
  ///   - note: gets what is worth knowing about the files, before any row is read.
  /// - Returns: what the run came to.
  /// - Throws: what stopped the run; the published data are then as they were, and the journal says
  ///   why.
  package func callAsFunction(
    progress: Engine.Progress = Engine.Progress(),
    note: (String) -> Void = { _ in }
  ) throws -> RunOutcome {
    let started = Date()
    guard let project = session.project else { throw RunProblem("the project cannot be read") }
    guard let keyFile = project.definition.key?.value else {
      throw RunProblem("the project names no key: add `key:` with the file of the secret")
    }
    let key = try SecretKey(file: keyFile)
    try folder.create()
    let lock = try folder.lock()
    defer { withExtendedLifetime(lock) {} }
    var options = RunOptions(threads: threads, memory: memory, scratch: folder.path)
    if let blockBytes { options.blockBytes = blockBytes }
    options.isCancelled = { progress.isCancelled }
    let ledger = try Ledger(path: folder.ledger, keyFingerprint: key.fingerprint)
    var planner = RunPlanner(
      project: project, vocabulary: session.vocabulary, mappings: session.mappings, key: key,
      asOf: session.asOf, registry: session.registry, options: options,
      slots: SlotMemory(known: try ledger.slots()))
    let codes = CodeCounter()
    planner.codes = codes
    let plan = try planner.plan()
    let runFolder = try folder.beginRun()
    let parts = plan.tables.flatMap(\.extractor.parts)
    let tables = plan.tables.flatMap { table in
      table.extractor.parts.map { _ in table.extractor.table }
    }
    let extractors = plan.tables.flatMap { table in
      table.extractor.parts.map { _ in table.extractor }
    }
    let quarantine = try QuarantineStore(
      path: runFolder.quarantine, files: parts, tables: tables,
      lineNumbers: { try extractors[$1].lineNumbers(of: $0, in: parts[$1]) })
    var journal = RunJournal(
      run: runFolder.number, project: session.path, target: target, version: version,
      started: started, asOf: session.asOf, keyFingerprint: key.fingerprint,
      files: zip(tables, parts).map { ($0, $1) }, vocabulary: session.vocabulary?.version,
      remarks: plan.tables.flatMap { table in
        table.extractor.remarks.map { "\(table.extractor.table): \($0)" }
      })
    for remark in journal.remarks { note(remark) }
    do {
      try journal.write(to: runFolder.journal)
      let run = Engine.Run(
        plan: plan, options: options, ledger: ledger, quarantine: quarantine, progress: progress)
      let result = try run(into: try session.registry.loader(target, memory: memory)) { _ in
        try quarantine.finish()
        try settle(codes.counts(), of: runFolder, project.coverageBudgets)
      }
      let report = BooksReport(result.books)
      journal.end("published", books: report)
      try journal.write(to: runFolder.journal)
      return RunOutcome(
        run: runFolder.number, target: target, state: folder.path, books: report,
        seconds: Date().timeIntervalSince(started), bytes: parts.reduce(0) { $0 + Int($1.size) },
        rowsRead: progress.rowsRead, rowsLoaded: progress.rowsLoaded, spilled: result.spilled,
        partitions: result.partitions, phases: result.phases)
    } catch {
      journal.end(error is RunCancelled ? "stopped" : "failed: \(error)", books: nil)
      try? journal.write(to: runFolder.journal)
      throw error
    }
  }
}

extension ProjectRun {
  /// Keeps what the run found of codes, and compares it with what the pipelines ask for.
  private func settle(
    _ counts: CodeCounts, of run: RunFolder, _ budgets: [CoverageBudget]
  ) throws {
    try counts.write(to: run.codes)
    // Codes of few persons may be told to nobody else.
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: run.codes)
    let needsBefore = budgets.contains { $0.drop != nil }
    let before = needsBefore ? try folder.publishedCounts(before: run.number)?.counts : nil
    let shortfalls = CoverageBudget.shortfalls(of: budgets, in: counts, before: before)
    guard shortfalls.isEmpty else { throw CoverageTooLow(shortfalls: shortfalls) }
  }
}

extension StateFolder {
  /// What the last published run before another found of codes.
  ///
  /// - Parameter number: the number of the other run.
  /// - Returns: its number and its counts; `nil` where there is none that counted codes.
  /// - Throws: what reading the counts throws.
  package func publishedCounts(
    before number: Int
  ) throws -> (run: Int, counts: CodeCounts)? {
    let run = runs.last { run in
      run.number < number && FileManager.default.fileExists(atPath: run.codes)
        && (try? RunJournal.read(run.journal))?.outcome == "published"
    }
    return try run.map { ($0.number, try CodeCounts.read($0.codes)) }
  }
}

extension CheckedProject {
  /// What coverage the pipelines ask for.
  fileprivate var coverageBudgets: [CoverageBudget] {
    pipelines.map(\.definition).flatMap { pipeline in
      pipeline.coverage.map {
        CoverageBudget(
          pipeline: pipeline.name.value, domain: $0.domain.value, least: $0.least, drop: $0.drop)
      }
    }
  }
}

/// Why a run cannot begin.
package struct RunProblem: Error, CustomStringConvertible, Sendable {
  package let description: String

  package init(_ description: String) { self.description = description }
}
